using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts this resource only when another is running and healthy.</summary>
    /// <exception cref="DistributedApplicationException">The two would wait for each other for ever.</exception>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitUntilHealthy, behavior: null);

    /// <param name="builder">The resource that waits.</param>
    /// <param name="dependency">What it waits for.</param>
    /// <param name="waitBehavior">Whether it goes on waiting, or fails, when the other cannot become healthy.</param>
    /// <inheritdoc cref="WaitFor{T}(IResourceBuilder{T}, IResourceBuilder{IResource})"/>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitUntilHealthy, waitBehavior);

    /// <summary>Starts this resource only when another is running, healthy or not.</summary>
    /// <exception cref="DistributedApplicationException">The two would wait for each other for ever.</exception>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitUntilStarted, behavior: null);

    /// <param name="builder">The resource that waits.</param>
    /// <param name="dependency">What it waits for.</param>
    /// <param name="waitBehavior">Whether it goes on waiting, or fails, when the other cannot start.</param>
    /// <inheritdoc cref="WaitForStart{T}(IResourceBuilder{T}, IResourceBuilder{IResource})"/>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitUntilStarted, waitBehavior);

    /// <summary>Starts this resource only when another has ended with <paramref name="exitCode"/>, as a migration does.</summary>
    /// <exception cref="DistributedApplicationException">The two would wait for each other for ever.</exception>
    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitForCompletion, behavior: null, exitCode);

    /// <summary>Leaves the resource stopped until somebody starts it.</summary>
    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder) where T : IResource =>
        builder.WithAnnotation(new ExplicitStartupAnnotation(), ResourceAnnotationMutationBehavior.Replace);

    private static IResourceBuilder<T> Wait<T>(
        this IResourceBuilder<T> builder, IResource dependency, WaitType type, WaitBehavior? behavior, int exitCode = 0)
        where T : IResourceWithWaitSupport
    {
        if (WaitChain.Find(from: dependency, to: builder.Resource) is { } chain)
        {
            var way = string.Join(" -> ", chain.Prepend(builder.Resource).Select(r => $"'{r.Name}'"));
            throw new DistributedApplicationException(
                $"Resource '{builder.Resource.Name}' cannot wait for '{dependency.Name}', because that never starts before it: {way}. "
                + "Remove one of these waits.");
        }

        if (type != WaitType.WaitForCompletion && dependency is IResourceWithParent { Parent: { } parent })
        {
            // A child says little of its server: a database may have no health check of its own.
            builder.WithAnnotation(new WaitAnnotation(parent, type, exitCode) { WaitBehavior = behavior });
        }

        return builder
            .WithRelationship(dependency, KnownRelationshipTypes.WaitFor)
            .WithAnnotation(new WaitAnnotation(dependency, type, exitCode) { WaitBehavior = behavior });
    }
}
