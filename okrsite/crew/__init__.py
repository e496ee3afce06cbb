"""Work that is shared out: to processes on this machine, or to the workers of a Dask cluster; what comes back is alike.

Knows nothing of goals and pages. What is handed out are small values, what comes back are small values; what all of the
work needs reaches each worker once.
"""

from okrsite.crew.alone import Alone
from okrsite.crew.apart import Apart
from okrsite.crew.choice import ALONE, AS_NEEDED, Hands, crew_of
from okrsite.crew.crew import Crew, CrewError, Kit
from okrsite.crew.meanwhile import meanwhile

__all__ = ["ALONE", "AS_NEEDED", "Alone", "Apart", "Crew", "CrewError", "Hands", "Kit", "crew_of", "meanwhile"]
