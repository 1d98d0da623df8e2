using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Proto;
using Google.Protobuf.WellKnownTypes;
using Health = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;
using Resource = Aspire.Hosting.Dashboard.Proto.Resource;

namespace Aspire.Hosting.Dashboard;

/// <summary>The state of one resource (or of one of its replicas) in the words of the dashboard.</summary>
internal static class ResourceMapping
{
    // The dashboard takes no resource without a creation time, and one that waits or is a parameter has none.
    private static readonly DateTime s_applicationCreated = DateTime.UtcNow;

    public static Resource ToResource(ResourceEvent update)
    {
        var snapshot = update.Snapshot;
        var resource = new Resource
        {
            Name = update.ResourceId,
            Uid = update.ResourceId,
            DisplayName = update.Resource.Name,
            ResourceType = snapshot.ResourceType,
            State = snapshot.State?.Text ?? "",
            StateStyle = snapshot.State?.Style ?? "",
            IsHidden = snapshot.IsHidden,
            SupportsDetailedTelemetry = update.Resource.Annotations.OfType<OtlpExporterAnnotation>().Any(),
            CreatedAt = ToTimestamp(snapshot.CreationTimeStamp ?? s_applicationCreated),
            StartedAt = ToTimestamp(snapshot.StartTimeStamp),
            StoppedAt = ToTimestamp(snapshot.StopTimeStamp),
        };
        if (snapshot.IconName is { } icon)
        {
            resource.IconName = icon;
            resource.IconVariant = CommandMapping.ToIconVariant(snapshot.IconVariant);
        }

        resource.Properties.AddRange(PropertyMapping.ToProperties(update));
        resource.Environment.AddRange(snapshot.EnvironmentVariables.Select(ToEnvironmentVariable));
        resource.Urls.AddRange(snapshot.Urls.Select(ToUrl));
        resource.Volumes.AddRange(snapshot.Volumes.Select(ToVolume));
        resource.Relationships.AddRange(snapshot.Relationships.Select(ToRelationship));
        resource.HealthReports.AddRange(snapshot.HealthReports.Select(ToHealthReport));
        var commands = snapshot.Commands.Where(command => command.Visibility.HasFlag(ResourceCommandVisibility.UI));
        resource.Commands.AddRange(commands.Select(CommandMapping.ToCommand));
        return resource;
    }

    private static Timestamp? ToTimestamp(DateTime? time) => time?.ToUniversalTime().ToTimestamp();

    private static EnvironmentVariable ToEnvironmentVariable(EnvironmentVariableSnapshot variable) =>
        new() { Name = variable.Name, Value = variable.Value ?? "", IsFromSpec = variable.IsFromSpec };

    private static Url ToUrl(UrlSnapshot url) => new()
    {
        EndpointName = url.Name ?? "",
        FullUrl = url.Url,
        IsInternal = url.IsInternal,
        IsInactive = url.IsInactive,
        DisplayProperties = new() { DisplayName = url.DisplayProperties.DisplayName, SortOrder = url.DisplayProperties.SortOrder },
    };

    private static Volume ToVolume(VolumeSnapshot volume) =>
        new() { Source = volume.Source ?? "", Target = volume.Target, MountType = volume.MountType, IsReadOnly = volume.IsReadOnly };

    private static ResourceRelationship ToRelationship(RelationshipSnapshot relationship) =>
        new() { ResourceName = relationship.ResourceName, Type = relationship.Type };

    private static HealthReport ToHealthReport(HealthReportSnapshot report)
    {
        var mapped = new HealthReport
        {
            Key = report.Name,
            Description = report.Description ?? "",
            Exception = report.ExceptionText ?? "",
            LastRunAt = ToTimestamp(report.LastRunAt),
        };

        // A check without a status has not run yet, which the dashboard tells apart from an unhealthy one.
        if (report.Status is { } status)
        {
            mapped.Status = status switch
            {
                Health.Healthy => HealthStatus.Healthy,
                Health.Degraded => HealthStatus.Degraded,
                _ => HealthStatus.Unhealthy,
            };
        }

        return mapped;
    }
}
