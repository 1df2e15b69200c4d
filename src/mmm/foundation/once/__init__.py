"""Double posts have one effect: `once.form` on the view, `{% once %}` in the form. See README.md."""

from mmm.foundation.once.forms import answered, done, forget, form

__all__ = ["answered", "done", "forget", "form"]
