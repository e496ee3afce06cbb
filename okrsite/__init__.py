"""OKRs and KPIs as code: goals in git, compiled into a fast, versioned, static intranet site."""

__version__ = "0.1.0"
