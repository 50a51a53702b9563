"""What a course makes of the points that checks give: deadlines, dropped exercises, extra credit, overrides.

``policy.toml`` lies in the course's folder, or is named with ``--policy``. A grade itself knows no clock: a policy is applied
when grades are put together, so that a changed policy makes nothing graded again.
"""

from __future__ import annotations
