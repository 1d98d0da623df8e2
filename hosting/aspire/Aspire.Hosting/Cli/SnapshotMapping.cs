using System.Collections;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Cli;

/// <summary>The state of a resource, or of one of its replicas, in the words of the CLI.</summary>
internal static class SnapshotMapping
{
    public static ResourceSnapshot ToSnapshot(ResourceEvent update)
    {
        var snapshot = update.Snapshot;
        return new(update.ResourceId, update.Resource.Name, snapshot.ResourceType)
        {
            State = snapshot.State?.Text,
            StateStyle = snapshot.State?.Style,
            WaitingFor = snapshot.Properties.Get<IEnumerable<string>>(KnownProperties.WaitingFor)?.ToArray(),
            HealthStatus = snapshot.HealthStatus?.ToString(),
            ExitCode = snapshot.ExitCode,
            CreatedAt = ToTime(snapshot.CreationTimeStamp),
            StartedAt = ToTime(snapshot.StartTimeStamp),
            StoppedAt = ToTime(snapshot.StopTimeStamp),
            Urls = [.. snapshot.Urls.Where(u => !u.IsInactive).Select(ToUrl)],
            Relationships = [.. snapshot.Relationships.Select(r => new SnapshotRelationship(r.ResourceName, r.Type))],
            HealthReports = [.. snapshot.HealthReports.Select(ToReport)],
            Volumes = [.. snapshot.Volumes.Select(v => new SnapshotVolume(v.Source, v.Target, v.MountType, v.IsReadOnly))],
            EnvironmentVariables = [.. snapshot.EnvironmentVariables.Select(v => new SnapshotVariable(v.Name, v.Value, v.IsFromSpec))],
            Properties = snapshot.Properties.Where(p => !p.IsSensitive)
                .ToDictionary(p => p.Name, p => ToJson(p.Name == KnownProperties.AppArgs ? Masked(p.Value, snapshot) : p.Value)),
            IsHidden = snapshot.IsHidden,
            Commands =
            [
                .. snapshot.Commands.Where(c => c.Visibility.HasFlag(ResourceCommandVisibility.Api)).Select(ToCommand),
            ],
        };
    }

    /// <summary>Arguments of a program, without those that are secret.</summary>
    private static object? Masked(object? arguments, CustomResourceSnapshot snapshot) =>
        snapshot.Properties.Get<IEnumerable<int>>(KnownProperties.AppArgsSensitivity) is { } sensitivity
            && arguments is IEnumerable<string> texts
            ? texts.Zip(sensitivity, (text, isSensitive) => isSensitive == 0 ? text : "*****")
            : arguments;

    private static DateTimeOffset? ToTime(DateTime? time) => time is { } utc ? new DateTimeOffset(utc.ToUniversalTime()) : null;

    private static SnapshotUrl ToUrl(UrlSnapshot url) =>
        new(url.Name ?? "", url.Url, url.IsInternal, new(url.DisplayProperties.DisplayName, url.DisplayProperties.SortOrder));

    /// <summary>Who reads of a check that failed wants the reason, which is in the exception more often than in the description.</summary>
    private static SnapshotHealthReport ToReport(HealthReportSnapshot report) => new(
        report.Name, report.Status?.ToString(),
        report.Description ?? (report.Status is null or HealthStatus.Healthy ? null : report.ExceptionText?.Split('\n')[0].Trim()), report.ExceptionText);

    private static SnapshotCommand ToCommand(ResourceCommandSnapshot command) => new(
        command.Name, command.DisplayName, command.DisplayDescription, command.State.ToString(), command.Visibility.ToString(),
        [.. command.Arguments.Select(ToInput)]);

    private static SnapshotInput ToInput(InteractionInput input) => new(
        input.Name, input.Label ?? input.Name, input.InputType.ToString(), input.Required, input.Description, input.Placeholder,
        input.InputType == InputType.SecretText ? null : input.Value, input.MaxLength, input.Options?.ToDictionary());

    private static object? ToJson(object? value) => value switch
    {
        null or string or bool or int or long or double => value,
        IEnumerable items => items.Cast<object?>().Select(ToJson).ToArray(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
