"""What other programs read: the goals and their figures as JSON, CSV and JSON Schema; problems in tools' formats."""

from okrsite.exchange.goals_csv import okrs_csv
from okrsite.exchange.goals_json import goal_json, okrs_json, okrs_json_text
from okrsite.exchange.goals_schema import okrs_schema
from okrsite.exchange.goals_state import state_of_json

__all__ = ["goal_json", "okrs_csv", "okrs_json", "okrs_json_text", "okrs_schema", "state_of_json"]
