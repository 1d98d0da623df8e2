using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ContainerResourceBuilderExtensions
{
    /// <summary>Mounts a volume, which keeps its data between runs.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="name">Name of the volume; null for one without a name.</param>
    /// <param name="target">Absolute path in the container.</param>
    /// <param name="isReadOnly">Whether the container may only read.</param>
    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string? name, string target, bool isReadOnly = false)
        where T : ContainerResource => builder.WithAnnotation(new ContainerMountAnnotation(name, target, ContainerMountType.Volume, isReadOnly));

    /// <summary>Mounts a volume without a name.</summary>
    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string target) where T : ContainerResource =>
        builder.WithVolume(name: null, target);

    /// <summary>Mounts a file or folder of this machine.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="source">Its path, absolute or relative to the AppHost's folder.</param>
    /// <param name="target">Absolute path in the container.</param>
    /// <param name="isReadOnly">Whether the container may only read.</param>
    public static IResourceBuilder<T> WithBindMount<T>(this IResourceBuilder<T> builder, string source, string target, bool isReadOnly = false)
        where T : ContainerResource => builder.WithAnnotation(
            new ContainerMountAnnotation(AppHostPath.Resolve(builder.ApplicationBuilder, source), target, ContainerMountType.BindMount, isReadOnly));
}
