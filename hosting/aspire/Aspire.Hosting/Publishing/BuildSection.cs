using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>How an image is built. A generated Dockerfile is written beside the manifest.</summary>
internal static class BuildSection
{
    public static async Task WriteAsync(ManifestPublishingContext context, ContainerResource container, DockerfileBuildAnnotation build)
    {
        var writer = context.Writer;
        var dockerfile = await DockerfileOfAsync(context, container, build);
        writer.WriteStartObject("build");
        writer.WriteString("context", context.GetManifestRelativePath(build.ContextPath));
        writer.WriteString("dockerfile", context.GetManifestRelativePath(dockerfile));
        if (build.Stage is { } stage)
            writer.WriteString("stage", stage);
        if (!build.HasEntrypoint)
            writer.WriteBoolean("buildOnly", true);
        WriteArguments(context, build);
        WriteSecrets(context, build);
        writer.WriteEndObject();
    }

    private static async Task<string> DockerfileOfAsync(
        ManifestPublishingContext context, ContainerResource container, DockerfileBuildAnnotation build)
    {
        if (build.DockerfileFactory is null)
            return build.DockerfilePath;

        var text = await build.DockerfileFactory(new DockerfileFactoryContext
        {
            Services = context.ExecutionContext.ServiceProvider,
            Resource = container,
            CancellationToken = context.CancellationToken,
        });
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(context.ManifestPath))!, $"{container.Name}.Dockerfile");
        await File.WriteAllTextAsync(path, text, context.CancellationToken);
        return path;
    }

    private static void WriteArguments(ManifestPublishingContext context, DockerfileBuildAnnotation build)
    {
        if (build.BuildArguments.Count == 0)
            return;
        context.Writer.WriteStartObject("args");
        foreach (var (name, value) in build.BuildArguments)
        {
            // Null lets the build take the value from its own environment.
            context.Writer.WriteString(name, value is null ? null : context.Express(value));
        }

        context.Writer.WriteEndObject();
    }

    private static void WriteSecrets(ManifestPublishingContext context, DockerfileBuildAnnotation build)
    {
        if (build.BuildSecrets.Count == 0)
            return;
        context.Writer.WriteStartObject("secrets");
        foreach (var (name, value) in build.BuildSecrets)
        {
            context.Writer.WriteStartObject(name);
            context.Writer.WriteString("type", value is FileInfo ? "file" : "env");
            if (value is FileInfo file)
                context.Writer.WriteString("source", context.GetManifestRelativePath(file.FullName));
            else
                context.Writer.WriteString("value", context.Express(value));
            context.Writer.WriteEndObject();
        }

        context.Writer.WriteEndObject();
    }
}
