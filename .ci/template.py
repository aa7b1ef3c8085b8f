#!/usr/bin/env python3
"""Holds template.yaml to what it has to come to: runs SAM's own transform over it, resolves every intrinsic function as
CloudFormation does, for several sets of parameters, and looks at the result. Needs the packages of requirements.txt."""

import json
import logging
import re
import sys
from pathlib import Path

from cfnlint.decode import cfn_yaml
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

ROOT = Path(__file__).resolve().parent.parent
PSEUDO = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": "us-west-2",
    "AWS::StackName": "chat",
    "AWS::StackId": "arn:aws:cloudformation:us-west-2:123456789012:stack/chat/1",
    "AWS::URLSuffix": "amazonaws.com",
}
NO_VALUE = object()
LAYER = "arn:aws:lambda:us-west-2:123456789012:layer:rules:7"
TOPIC = "arn:aws:sns:us-west-2:123456789012:on-call"
FUNCTION = "arn:aws:lambda:us-west-2:123456789012:function:chat-Handler-1"
ALIAS = f"{FUNCTION}:live"

# What Ref and GetAtt give for a resource, by its type: its name or its ARN, and its attributes. Of CloudFormation's documentation.
REF_IS_ARN = {"AWS::IVSChat::Room", "AWS::IVSChat::LoggingConfiguration", "AWS::Lambda::Alias", "AWS::Lambda::Version"}
ARNS = {
    "AWS::Lambda::Function": "lambda:us-west-2:123456789012:function:{}",
    "AWS::Lambda::Alias": "lambda:us-west-2:123456789012:function:chat-Handler-1:live",
    "AWS::Lambda::Version": "lambda:us-west-2:123456789012:function:chat-Handler-1:1",
    "AWS::IAM::Role": "iam::123456789012:role/{}",
    "AWS::Logs::LogGroup": "logs:us-west-2:123456789012:log-group:{}:*",
    "AWS::S3::Bucket": "s3:::{}",
    "AWS::IVSChat::Room": "ivschat:us-west-2:123456789012:room/{}",
    "AWS::IVSChat::LoggingConfiguration": "ivschat:us-west-2:123456789012:logging-configuration/{}",
    "AWS::KinesisFirehose::DeliveryStream": "firehose:us-west-2:123456789012:deliverystream/{}",
    "AWS::CloudWatch::Alarm": "cloudwatch:us-west-2:123456789012:alarm:{}",
}
NAMES = {"AWS::Logs::LogGroup": "LogGroupName", "AWS::CloudWatch::Dashboard": "DashboardName"}


class Stack:
    """The template under one set of parameters, as CloudFormation would see it."""

    def __init__(self, template, given):
        self.template = template
        self.parameters = {name: str(of.get("Default", "")) for name, of in template["Parameters"].items()}
        assert set(given) <= set(self.parameters), given
        self.parameters.update(given)
        self.conditions = template.get("Conditions", {})
        self.resources = {}
        there = {name: of for name, of in template["Resources"].items() if self.holds(of.get("Condition"))}
        self.types = {name: of["Type"] for name, of in there.items()}
        self.sources = there
        for name, of in there.items():
            self.resources[name] = {**of, "Properties": self.resolve(of.get("Properties", {}), name)}
            after = of.get("DependsOn", [])
            for other in [after] if isinstance(after, str) else after:
                assert other in there, f"{name} depends on {other}, which is not there"
        outputs = template.get("Outputs", {})
        self.outputs = {
            name: self.resolve(of["Value"], name) for name, of in outputs.items() if self.holds(of.get("Condition"))
        }

    def holds(self, condition):
        return condition is None or self.truth(self.conditions[condition])

    def truth(self, condition):
        (function, value), = condition.items()
        match function:
            case "Fn::Equals":
                first, second = (str(self.resolve(one, "a condition")) for one in value)
                return first == second
            case "Fn::Not":
                return not self.truth(value[0])
            case "Fn::And":
                return all(self.truth(one) for one in value)
            case "Fn::Or":
                return any(self.truth(one) for one in value)
            case "Condition":
                return self.holds(value)
        raise AssertionError(f"a condition that nobody knows: {function}")

    def resolve(self, value, place):
        if isinstance(value, list):
            items = (self.resolve(item, place) for item in value)
            return [item for item in items if item is not NO_VALUE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (function, inner), = value.items()
            if function in ("Ref", "Condition") or function.startswith("Fn::"):
                return self.call(function, inner, place)
        members = ((key, self.resolve(inner, place)) for key, inner in value.items())
        return {key: inner for key, inner in members if inner is not NO_VALUE}

    def call(self, function, inner, place):
        match function:
            case "Ref":
                return self.ref(inner, place)
            case "Fn::GetAtt":
                name, attribute = inner.split(".", 1) if isinstance(inner, str) else inner
                return self.attribute(name, attribute, place)
            case "Fn::If":
                return self.resolve(inner[1 if self.holds(inner[0]) else 2], place)
            case "Fn::Join":
                return inner[0].join(str(one) for one in self.resolve(inner[1], place))
            case "Fn::Sub":
                return self.sub(inner, place)
        raise AssertionError(f"{place}: a function that nobody knows: {function}")

    def ref(self, name, place):
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in PSEUDO:
            return PSEUDO[name]
        if name in self.parameters:
            return self.parameters[name]
        assert name in self.types, f"{place}: a reference to {name}, which is not there"
        kind = self.types[name]
        return self.attribute(name, "Arn", place) if kind in REF_IS_ARN else self.name(name)

    def name(self, resource):
        given = NAMES.get(self.types[resource])
        given = self.sources[resource].get("Properties", {}).get(given)
        return self.resolve(given, resource) if given else f"chat-{resource}-1"

    def attribute(self, name, attribute, place):
        assert name in self.types, f"{place}: an attribute of {name}, which is not there"
        if (self.types[name], attribute) == ("AWS::Lambda::Version", "Version"):
            return "1"
        assert attribute == "Arn", f"{place}: an attribute {attribute} that nobody knows"
        return f"arn:aws:{ARNS[self.types[name]].format(self.name(name))}"

    def sub(self, inner, place):
        text, own = (inner, {}) if isinstance(inner, str) else inner

        def one(found):
            name = found[1]
            if name.startswith("!"):
                return "${" + name[1:] + "}"
            if name in own:
                return str(self.resolve(own[name], place))
            if "." in name:
                return self.attribute(*name.split(".", 1), place)
            return str(self.ref(name, place))

        return re.sub(r"\$\{([^}]+)\}", one, text)

    def of(self, name):
        return self.resources[name]["Properties"]


def transformed(parameters):
    """The template after SAM's transform, which is what CloudFormation gets to see."""
    template = json.loads(json.dumps(cfn_yaml.load(str(ROOT / "template.yaml"))))
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            # `sam build` and `sam package` put the zip here.
            resource["Properties"]["CodeUri"] = "s3://bucket/zip"
    template.get("Globals", {}).get("Function", {}).pop("CodeUri", None)
    translator = Translator({}, Parser())
    return translator.translate(template, parameters)


def statements(role):
    return [one for policy in role["Policies"] for one in policy["PolicyDocument"]["Statement"]]


def metrics(node):
    """The metrics of a dashboard's widgets."""
    return [metric for widget in node["widgets"] for metric in widget["properties"].get("metrics", [])]


def check(given, expected):
    """Everything that holds for every set of parameters, and what this one must give."""
    stack = Stack(transformed(given), given)
    (function,) = [of for of in stack.resources.values() if of["Type"] == "AWS::Lambda::Function" and "message" in of["Properties"]["Description"]]
    function = function["Properties"]
    alias = stack.of("HandlerAliaslive")
    assert stack.outputs["HandlerArn"] == ALIAS and len(ALIAS) <= 170, stack.outputs
    assert re.fullmatch(r"arn:aws:lambda:[a-z0-9-]+:[0-9]{12}:function:.+", ALIAS)
    assert function["LoggingConfig"] == {
        "LogGroup": "/room-review/chat/handler", "LogFormat": "JSON", "ApplicationLogLevel": "INFO", "SystemLogLevel": "WARN",
    }, function["LoggingConfig"]
    assert function["Runtime"] == "provided.al2023" and function["Handler"] == "bootstrap"
    assert function["Role"] == "arn:aws:iam::123456789012:role/chat-HandlerRole-1", function["Role"]
    assert statements(stack.of("HandlerRole")) == [{
        "Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": "arn:aws:logs:us-west-2:123456789012:log-group:/room-review/chat/handler:*",
    }]
    # The permission is on the alias, for IVS Chat, and for the rooms of this account and region.
    assert stack.of("InvokePermission") == {
        "Action": "lambda:InvokeFunction", "FunctionName": ALIAS, "Principal": "ivschat.amazonaws.com",
        "SourceAccount": "123456789012", "SourceArn": "arn:aws:ivschat:us-west-2:123456789012:room/*",
    }
    alarms = {name: of["Properties"] for name, of in stack.resources.items() if of["Type"] == "AWS::CloudWatch::Alarm"}
    by_metric = {(of["Namespace"], of["MetricName"], *(d["Value"] for d in of["Dimensions"])) for of in alarms.values()}
    lambda_dimensions = ("chat-Handler-1", "chat-Handler-1:live")
    assert by_metric == {
        ("AWS/IVSChat", "InvocationErrors", ALIAS), ("AWS/IVSChat", "ResponseValidationErrors", ALIAS),
        ("AWS/Lambda", "Errors", *lambda_dimensions), ("AWS/Lambda", "Throttles", *lambda_dimensions),
        ("AWS/Lambda", "Duration", *lambda_dimensions),
        ("RoomReview", "Messages", "chat-Handler-1", "internal_error"), ("RoomReview", "Messages", "chat-Handler-1", "timeout"),
    }, by_metric
    assert alarms["DurationAlarm"]["ExtendedStatistic"] == "p99" and alarms["DurationAlarm"]["Threshold"] < 200
    written = "".join(file.read_text() for file in (ROOT / "src/telemetry").glob("*.rs"))
    dashboard = json.loads(stack.of("Dashboard")["DashboardBody"])
    named = set()
    for metric in metrics(dashboard):
        if isinstance(metric[0], str) and metric[0] != "...":
            namespace, name, *dimensions = [one for one in metric if isinstance(one, str)]
            named.add((namespace, name))
            assert all("$" not in one for one in dimensions) and len(dimensions) % 2 == 0, metric
    for namespace, name, *_ in by_metric | named:
        if namespace == "RoomReview":
            assert f'"Name":"{name}"' in written, f"{name} is no metric of the function"
    for outcome in ("internal_error", "timeout"):
        assert f'"{outcome}"' in written
    assert '"Dimensions":[["Function","Outcome"],["Function","Category"]]' in written
    body = json.dumps(dashboard)
    assert "${" not in body and body.count("chat-Handler-1") > 10 and ALIAS in body
    seen = {
        "memory": str(function["MemorySize"]),
        "architecture": function["Architectures"],
        "layers": function.get("Layers", []),
        "provisioned": alias.get("ProvisionedConcurrencyConfig", {}).get("ProvisionedConcurrentExecutions"),
        "log_every": str(function["Environment"]["Variables"]["LOG_ALLOW_EVERY"]),
        "days": str(stack.of("HandlerLogs")["RetentionInDays"]),
        "actions": {tuple(of.get("AlarmActions", [])) for of in alarms.values()},
        "room": stack.of("Room") if "Room" in stack.resources else None,
        "outputs": sorted(stack.outputs),
        "resources": len(stack.resources),
    }
    wrong = {key: (seen[key], want) for key, want in expected.items() if seen[key] != want}
    assert not wrong, f"with {given}: {wrong}"
    return stack


ALWAYS = ["DashboardUrl", "HandlerArn", "LogGroup"]


def main():
    logging.disable(logging.WARNING)
    plain = {
        "memory": "256", "architecture": ["arm64"], "layers": [], "provisioned": None, "log_every": "100", "days": "30",
        "actions": {()}, "room": None, "outputs": ALWAYS,
    }
    check({}, plain)
    check({"MemorySize": "1024", "Architecture": "x86_64", "RulesLayerArn": LAYER, "LogDays": "365", "LogAllowEvery": "0"}, {
        **plain, "memory": "1024", "architecture": ["x86_64"], "layers": [LAYER], "days": "365", "log_every": "0",
    })
    check({"ProvisionedConcurrency": "3", "AlarmTopicArn": TOPIC}, {**plain, "provisioned": "3", "actions": {(TOPIC,)}})
    handler = {"Uri": ALIAS, "FallbackResult": "DENY"}
    check({"CreateRoom": "true"}, {**plain, "room": {"MessageReviewHandler": handler}, "outputs": sorted([*ALWAYS, "RoomArn"])})
    configuration = "arn:aws:ivschat:us-west-2:123456789012:logging-configuration/chat-{}-1".format
    stack = check({"CreateRoom": "true", "CreateChatLog": "true", "FallbackResult": "ALLOW", "ChatLogDays": "7"}, {
        **plain,
        "room": {"MessageReviewHandler": {**handler, "FallbackResult": "ALLOW"}, "LoggingConfigurationIdentifiers": [configuration("ChatLogging")]},
        "outputs": sorted([*ALWAYS, "RoomArn", "ChatLoggingArn"]),
    })
    assert stack.of("ChatLogging")["DestinationConfiguration"] == {"CloudWatchLogs": {"LogGroupName": "/aws/vendedlogs/ivschat/chat"}}
    assert stack.of("ChatLogs")["RetentionInDays"] == "7"
    assert stack.resources["Room"]["DependsOn"] == "InvokePermission"
    stack = check({"CreateRoom": "true", "CreateChatLog": "true", "CreateAudit": "true", "AuditDays": "5", "RulesLayerArn": LAYER}, {
        **plain,
        "layers": [LAYER],
        "room": {"MessageReviewHandler": handler, "LoggingConfigurationIdentifiers": [configuration("ChatLogging"), configuration("AuditLogging")]},
        "outputs": sorted([*ALWAYS, "RoomArn", "ChatLoggingArn", "AuditLoggingArn", "AuditBucketName"]),
    })
    assert stack.of("Audit")["Layers"] == [LAYER] and stack.of("Audit")["LoggingConfig"]["LogGroup"] == "/room-review/chat/audit"
    assert statements(stack.of("AuditRole"))[0]["Resource"].endswith("log-group:/room-review/chat/audit:*")
    stream = stack.of("AuditStream")["ExtendedS3DestinationConfiguration"]
    assert stream["Prefix"] == "chat/!{timestamp:yyyy/MM/dd/HH}/" and stream["BucketARN"] == "arn:aws:s3:::chat-AuditBucket-1"
    allowed = [one for statement in statements(stack.of("AuditStreamRole")) for one in statement["Resource"]]
    assert allowed == [
        "arn:aws:s3:::chat-AuditBucket-1", "arn:aws:s3:::chat-AuditBucket-1/*",
        "arn:aws:lambda:us-west-2:123456789012:function:chat-Audit-1", "arn:aws:lambda:us-west-2:123456789012:function:chat-Audit-1:*",
    ], allowed
    print("ok: every intrinsic of template.yaml, under 6 sets of parameters")


if __name__ == "__main__":
    sys.exit(main())
