"""What a YAML file says, as JSON on stdout: python read_yaml.py <file>"""

import json
import sys

import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    # The base loader leaves the key "on" a text.
    print(json.dumps(yaml.load(file, Loader=yaml.BaseLoader)))
