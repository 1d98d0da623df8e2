using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project.</summary>
public class ProjectResource(string name) : Resource(name),
    IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    internal bool TryGetProjectMetadata([NotNullWhen(true)] out IProjectMetadata? metadata) => this.TryGetLastAnnotation(out metadata);
}

/// <summary>Finds projects in the model and what is known of them.</summary>
public static class ProjectResourceExtensions
{
    public static IEnumerable<ProjectResource> GetProjectResources(this DistributedApplicationModel model) => model.Resources.OfType<ProjectResource>();

    /// <exception cref="DistributedApplicationException">The resource was added without a project.</exception>
    public static IProjectMetadata GetProjectMetadata(this ProjectResource projectResource) => projectResource.TryGetProjectMetadata(out var metadata)
        ? metadata
        : throw new DistributedApplicationException($"The project resource '{projectResource.Name}' does not know its project file. Add it with AddProject.");
}
