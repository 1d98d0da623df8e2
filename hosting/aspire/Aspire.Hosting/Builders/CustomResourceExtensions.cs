using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>For resources whose state the AppHost's own code keeps.</summary>
public static class CustomResourceExtensions
{
    /// <summary>Shows the resource in the dashboard with this state until another is published.</summary>
    public static IResourceBuilder<TResource> WithInitialState<TResource>(this IResourceBuilder<TResource> builder, CustomResourceSnapshot initialSnapshot)
        where TResource : IResource => builder.WithAnnotation(new ResourceSnapshotAnnotation(initialSnapshot), ResourceAnnotationMutationBehavior.Replace);
}
