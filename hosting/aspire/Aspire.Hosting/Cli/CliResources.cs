using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Cli;

/// <summary>The resources of the application as they are now, by the names that people call them by.</summary>
internal sealed class CliResources(DistributedApplicationModel model, ResourceNotificationService notifications)
{
    /// <summary>The names of those that are shown, in the order of the model.</summary>
    public IEnumerable<string> Names => Current().Where(update => !update.Snapshot.IsHidden).Select(update => update.Resource.Name).Distinct();

    /// <summary>All replicas of all resources, in the order of the model.</summary>
    public IEnumerable<ResourceEvent> Current() =>
        from resource in model.Resources
        from id in resource.GetInstanceIds()
        let update = notifications.TryGetCurrentState(id, out var current) ? current : null
        where update is not null
        select update;

    /// <summary>A resource with all its replicas, or the one replica that is named.</summary>
    public IReadOnlyList<ResourceEvent> Find(string name) => [.. Current().Where(update => IsNamed(update, name))];

    /// <summary>What to say of a name that nothing has.</summary>
    public string Unknown(string name) => $"There is no resource '{name}'. There are: {string.Join(", ", Names)}.";

    public static bool IsNamed(ResourceEvent update, string name) =>
        string.Equals(update.Resource.Name, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(update.ResourceId, name, StringComparison.OrdinalIgnoreCase);
}
