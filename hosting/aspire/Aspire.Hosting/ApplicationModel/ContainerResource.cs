using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A container.</summary>
    public class ContainerResource(string name, string? entrypoint = null) : Resource(name),
        IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
    {
        /// <summary>The program run instead of the image's own; null for that one.</summary>
        public string? Entrypoint { get; set; } = entrypoint;
    }
}

namespace Aspire.Hosting
{
    /// <summary>Finds containers in the model.</summary>
    public static class ContainerResourceExtensions
    {
        public static IEnumerable<IResource> GetContainerResources(this DistributedApplicationModel model) => model.Resources.Where(IsContainer);

        /// <summary>Whether the resource runs as a container: what has an image, or is built into one.</summary>
        public static bool IsContainer(this IResource resource) =>
            resource.HasAnnotationOfType<ContainerImageAnnotation>() || resource.HasAnnotationOfType<DockerfileBuildAnnotation>();
    }
}
