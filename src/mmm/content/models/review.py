"""Review: what one editor wrote, another reads before it is published."""

from typing import Any

from wagtail.models import AbstractGroupApprovalTask

from mmm.foundation.dataclass import TRACE, classified


@classified(task_ptr=TRACE, groups=TRACE)
class OtherEyes(AbstractGroupApprovalTask):  # type: ignore[misc]
    """Anybody of the group says yes but who asked."""

    class Meta:
        verbose_name = "other eyes"
        verbose_name_plural = "other eyes"

    def get_actions(self, obj: Any, user: Any) -> Any:
        """Who asked can still take it back; the yes is somebody else's."""
        state = obj.current_workflow_state
        if state is not None and state.requested_by_id == user.pk:
            return []
        return super().get_actions(obj, user)

    @classmethod
    def get_description(cls) -> str:
        """For the list of kinds of task."""
        return "Anybody of the group but who asked."
