using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>A container: <c>container.v0</c> runs an image, <c>container.v1</c> builds one.</summary>
internal static class ContainerSection
{
    public static async Task WriteAsync(ManifestPublishingContext context, ContainerResource container)
    {
        var build = container.Annotations.OfType<DockerfileBuildAnnotation>().LastOrDefault();
        context.Writer.WriteString("type", build is null ? "container.v0" : "container.v1");
        context.WriteConnectionString(container);
        if (build is null)
            context.Writer.WriteString("image", ImageOf(container));
        else
            await BuildSection.WriteAsync(context, container, build);

        if (container.Entrypoint is { } entrypoint)
            context.Writer.WriteString("entrypoint", entrypoint);
        await context.WriteCommandLineArgumentsAsync(container);
        WriteMounts(context, container, ContainerMountType.BindMount, "bindMounts");
        WriteMounts(context, container, ContainerMountType.Volume, "volumes");
        await context.WriteEnvironmentVariablesAsync(container);
        context.WriteBindings(container);
    }

    private static string ImageOf(ContainerResource container)
    {
        var image = container.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()
            ?? throw new DistributedApplicationException("it has neither an image nor a Dockerfile. Give it one with WithImage() or WithDockerfile().");
        var name = string.IsNullOrEmpty(image.Registry) ? image.Image : $"{image.Registry}/{image.Image}";
        return image switch
        {
            { SHA256: { Length: > 0 } digest } => $"{name}@sha256:{digest}",
            { Tag: { Length: > 0 } tag } => $"{name}:{tag}",
            _ => name,
        };
    }

    private static void WriteMounts(ManifestPublishingContext context, ContainerResource container, ContainerMountType type, string property)
    {
        var mounts = container.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount.Type == type).ToList();
        if (mounts.Count == 0)
            return;

        context.Writer.WriteStartArray(property);
        foreach (var mount in mounts)
        {
            context.Writer.WriteStartObject();
            if (type == ContainerMountType.BindMount)
                context.Writer.WriteString("source", context.GetManifestRelativePath(mount.Source));
            else if (mount.Source is not null)
                context.Writer.WriteString("name", mount.Source);
            context.Writer.WriteString("target", mount.Target.Replace('\\', '/'));
            context.Writer.WriteBoolean("readOnly", mount.IsReadOnly);
            context.Writer.WriteEndObject();
        }

        context.Writer.WriteEndArray();
    }
}
