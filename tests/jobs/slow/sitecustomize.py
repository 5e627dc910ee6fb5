"""Python imports this at its start where this folder is on its path: jobs there take steps of their own."""

from sentiment_core.jobs.kinds import KINDS

KINDS["scoring"] = KINDS["training"] = "slow_job"
