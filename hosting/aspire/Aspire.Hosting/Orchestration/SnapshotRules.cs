using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>What holds for every snapshot, whoever publishes it.</summary>
internal static class SnapshotRules
{
    public static CustomResourceSnapshot Apply(IResource resource, CustomResourceSnapshot previous, CustomResourceSnapshot next, IServiceProvider services)
    {
        if (!next.IsIn(KnownResourceStates.Waiting))
            next = next with { Properties = next.Properties.Without(KnownProperties.WaitingFor) };

        var isStartedAnew = previous.StartTimeStamp is not null && next.StartTimeStamp is not null && previous.StartTimeStamp != next.StartTimeStamp;
        var isInherited = next.ResourceReadyEvent is not null && Equals(previous.ResourceReadyEvent, next.ResourceReadyEvent);
        if (isInherited && (isStartedAnew || !next.IsIn(KnownResourceStates.Running)))
            next = next with { ResourceReadyEvent = null };

        if (resource.TryGetLastAnnotation<ResourceIconAnnotation>(out var icon) && next.IconName is null)
            next = next with { IconName = icon.IconName, IconVariant = icon.IconVariant };

        return next with { Commands = CommandsOf(resource, next, services) };
    }

    /// <summary>The type that the dashboard shows for a resource that does not name one itself.</summary>
    public static string TypeOf(IResource resource) => resource switch
    {
        ProjectResource => "Project",
        ContainerResource => "Container",
        ExecutableResource => "Executable",
        ParameterResource => "Parameter",
        ConnectionStringResource => "ConnectionString",
        ExternalServiceResource => "ExternalService",
        _ when resource.GetType().Name is var name && name.EndsWith("Resource", StringComparison.Ordinal) => name[..^"Resource".Length],
        _ => resource.GetType().Name,
    };

    private static ImmutableArray<ResourceCommandSnapshot> CommandsOf(IResource resource, CustomResourceSnapshot snapshot, IServiceProvider services)
    {
        var annotations = resource.Annotations.OfType<ResourceCommandAnnotation>().ToArray();
        if (annotations.Length == 0)
            return snapshot.Commands;

        var context = new UpdateCommandStateContext { ResourceSnapshot = snapshot, ServiceProvider = services };
        return
        [
            .. snapshot.Commands.Where(c => annotations.All(a => a.Name != c.Name)),
            .. annotations.Select(a => new ResourceCommandSnapshot(
                a.Name, a.UpdateState(context), a.DisplayName, a.DisplayDescription, Parameter: null,
                a.ConfirmationMessage, a.IconName, a.IconVariant, a.IsHighlighted) { Arguments = a.Arguments, Visibility = a.Visibility }),
        ];
    }
}
