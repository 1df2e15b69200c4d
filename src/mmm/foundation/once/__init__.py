"""Double posts have one effect: `once.form` on the view, `{% once %}` in the form. See README.md."""

from mmm.foundation.once.forms import done, form

__all__ = ["done", "form"]
