using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ContainerResourceBuilderExtensions
{
    /// <summary>Chooses the image.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="image">Name of the image, with or without registry, tag or digest.</param>
    /// <param name="tag">Tag of the image, unless <paramref name="image"/> has one; <c>latest</c> without either.</param>
    /// <exception cref="InvalidOperationException">There is a tag in both places, or a tag and a digest.</exception>
    public static IResourceBuilder<T> WithImage<T>(this IResourceBuilder<T> builder, string image, string? tag = null) where T : ContainerResource
    {
        var name = ContainerImageName.Parse(image);
        if (tag is not null && (name.Tag ?? name.Digest) is { } other)
        {
            throw new InvalidOperationException(
                $"Container '{builder.Resource.Name}' has two versions of its image: '{tag}', and '{other}' in '{image}'. Give one of them.");
        }

        if (!builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var annotation))
        {
            annotation = new ContainerImageAnnotation { Image = name.Image };
            builder.WithAnnotation(annotation);
        }

        annotation.Registry = name.Registry ?? annotation.Registry;
        annotation.Image = name.Image;
        if (name.Digest is { } digest)
        {
            annotation.SHA256 = digest;
        }
        else
        {
            annotation.Tag = tag ?? name.Tag ?? "latest";
        }

        return builder;
    }

    /// <summary>Chooses another tag of the image.</summary>
    /// <exception cref="InvalidOperationException">The resource has no image.</exception>
    public static IResourceBuilder<T> WithImageTag<T>(this IResourceBuilder<T> builder, string tag) where T : ContainerResource
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        ImageOf(builder).Tag = tag;
        return builder;
    }

    /// <summary>Takes the image from another registry; null for the container runtime's own.</summary>
    /// <exception cref="InvalidOperationException">The resource has no image.</exception>
    public static IResourceBuilder<T> WithImageRegistry<T>(this IResourceBuilder<T> builder, string? registry) where T : ContainerResource
    {
        ImageOf(builder).Registry = registry;
        return builder;
    }

    /// <summary>Chooses the image by its digest, which no tag can change.</summary>
    /// <exception cref="InvalidOperationException">The resource has no image.</exception>
    public static IResourceBuilder<T> WithImageSHA256<T>(this IResourceBuilder<T> builder, string sha256) where T : ContainerResource
    {
        ArgumentException.ThrowIfNullOrEmpty(sha256);
        ImageOf(builder).SHA256 = sha256;
        return builder;
    }

    /// <summary>Chooses when the image is fetched.</summary>
    public static IResourceBuilder<T> WithImagePullPolicy<T>(this IResourceBuilder<T> builder, ImagePullPolicy pullPolicy) where T : ContainerResource =>
        builder.WithAnnotation(new ContainerImagePullPolicyAnnotation { ImagePullPolicy = pullPolicy }, ResourceAnnotationMutationBehavior.Replace);

    private static ContainerImageAnnotation ImageOf<T>(IResourceBuilder<T> builder) where T : ContainerResource =>
        builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image)
            ? image
            : throw new InvalidOperationException($"Resource '{builder.Resource.Name}' has no container image. Call WithImage before.");
}
