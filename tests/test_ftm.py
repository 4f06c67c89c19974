"""FollowTheMoney: what a small case becomes, line by line; tests/interop asks FollowTheMoney's own model."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from cases import write_case
from terminal import ask, build

from spectorcli.exchange.ftm import COLUMNS, entity_id

CLAIMS = """\
arrests-teapot,count,288,,,alpha,para 1,288,,
arrests-teapot,count,281,,,delta,,,,
ana,status,charged,,2021-05,alpha
ana,citizenship,DE; US,,,alpha
bazaar,currencies,only XMR,,,alpha
bazaar,operator,ana,,,beta
launch,date,2019-06~,,,alpha,,,,
launch,by,fbi,,,alpha
teapot,agencies,fbi,,,alpha
teapot,agencies,fbi,,,alpha,para 2
teapot,not_involved,bka,,,alpha
tea,amount,850,kg,,alpha
vans-1,owner,ana,,,beta
vans-1,colour,=red,,,beta
"""
