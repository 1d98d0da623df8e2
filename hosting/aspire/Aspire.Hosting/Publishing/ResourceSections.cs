using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

internal static class ProjectSection
{
    public static async Task WriteAsync(ManifestPublishingContext context, ProjectResource project)
    {
        var path = project.GetProjectMetadata().ProjectPath;
        if (!File.Exists(path))
            throw new DistributedApplicationException($"its project '{path}' does not exist. Correct the path given to AddProject, or the ProjectReference of the AppHost.");

        context.Writer.WriteString("type", "project.v0");
        context.Writer.WriteString("path", context.GetManifestRelativePath(path));
        await context.WriteCommandLineArgumentsAsync(project);
        await context.WriteEnvironmentVariablesAsync(project);
        context.WriteBindings(project);
    }
}

internal static class ExecutableSection
{
    public static async Task WriteAsync(ManifestPublishingContext context, ExecutableResource executable)
    {
        context.Writer.WriteString("type", "executable.v0");
        context.WriteConnectionString(executable);
        context.Writer.WriteString("workingDirectory", context.GetManifestRelativePath(executable.WorkingDirectory));
        context.Writer.WriteString("command", executable.Command);
        await context.WriteCommandLineArgumentsAsync(executable);
        await context.WriteEnvironmentVariablesAsync(executable);
        context.WriteBindings(executable);
    }
}

internal static class ParameterSection
{
    public static Task WriteAsync(ManifestPublishingContext context, ParameterResource parameter)
    {
        var writer = context.Writer;
        writer.WriteString("type", "parameter.v0");
        if (parameter.IsConnectionString)
            writer.WriteString("connectionString", parameter.ValueExpression);
        writer.WriteString("value", $"{{{parameter.Name}.inputs.value}}");

        writer.WriteStartObject("inputs");
        writer.WriteStartObject("value");
        writer.WriteString("type", "string");
        if (parameter.Secret)
            writer.WriteBoolean("secret", true);
        if (parameter.Default is { } fallback)
        {
            writer.WriteStartObject("default");
            fallback.WriteToManifest(context);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        return Task.CompletedTask;
    }
}

internal static class ValueSection
{
    public static Task WriteAsync(ManifestPublishingContext context, IResourceWithConnectionString value)
    {
        context.Writer.WriteString("type", "value.v0");
        context.WriteConnectionString(value);
        return Task.CompletedTask;
    }
}
