using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Which resources live and die with another one, as a database does with its server.</summary>
internal sealed class ResourceHierarchy(DistributedApplicationModel model)
{
    private readonly ILookup<IResource, IResource> _dependents = model.Resources
        .OfType<IResourceWithParent>()
        .Where(child => !HasOwnLife(child))
        .ToLookup(child => child.Parent, IResource (child) => child);

    /// <summary>All of them, children of children included; the resource itself not.</summary>
    public IEnumerable<IResource> DependentsOf(IResource resource) => _dependents[resource].SelectMany(child => DependentsOf(child).Prepend(child));

    private static bool HasOwnLife(IResource resource) =>
        resource is ContainerResource or ExecutableResource or ProjectResource or ParameterResource or ConnectionStringResource or ExternalServiceResource
        || Dcp.ResourceInstances.IsRunByDcp(resource);
}
