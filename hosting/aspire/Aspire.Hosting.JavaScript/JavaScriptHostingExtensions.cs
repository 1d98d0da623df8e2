using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.JavaScript;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Adds JavaScript and TypeScript applications to the application.</summary>
public static class JavaScriptHostingExtensions
{
    /// <summary>
    /// Adds a script that Node runs. With a <c>package.json</c> beside it, npm installs its packages first.
    /// It is published as a container, with a generated Dockerfile unless its folder has one.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="appDirectory">The script's folder, relative to the AppHost's.</param>
    /// <param name="scriptPath">The script, relative to <paramref name="appDirectory"/>.</param>
    public static IResourceBuilder<NodeAppResource> AddNodeApp(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string appDirectory, string scriptPath)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(appDirectory);
        ArgumentException.ThrowIfNullOrEmpty(scriptPath);

        var app = new NodeAppResource(name, "node", Path.GetFullPath(appDirectory, builder.AppHostDirectory));
        var appBuilder = builder.AddResource(app)
            .WithOtlpExporter()
            .WithEnvironment("NODE_ENV", builder.Environment.IsDevelopment() ? "development" : "production")
            .WithArgs(context => AddStartArguments(context.Args, app, scriptPath))
            .WithIconName("CodeJsRectangle")
            .PublishAsDockerFile(container =>
            {
                if (!File.Exists(Path.Combine(app.WorkingDirectory, "Dockerfile")))
                    container.WithDockerfileFactory(app.WorkingDirectory, _ => NodeDockerfile.Create(app, scriptPath));
            });

        if (File.Exists(Path.Combine(app.WorkingDirectory, "package.json")))
            appBuilder.WithNpm();
        return appBuilder;
    }

    /// <summary>Makes npm the package manager.</summary>
    /// <param name="resource">The application.</param>
    /// <param name="install">Whether packages are installed before each start; otherwise the installer waits to be started by hand.</param>
    /// <param name="installCommand">npm's command; <c>install</c> when null, and <c>ci</c> in a Docker build of an application with a lock file.</param>
    /// <param name="installArgs">What is passed to that command.</param>
    public static IResourceBuilder<TResource> WithNpm<TResource>(
        this IResourceBuilder<TResource> resource, bool install = true, string? installCommand = null, string[]? installArgs = null)
        where TResource : JavaScriptAppResource
    {
        ArgumentNullException.ThrowIfNull(resource);

        var locked = File.Exists(Path.Combine(resource.Resource.WorkingDirectory, "package-lock.json"));
        installCommand ??= resource.ApplicationBuilder.ExecutionContext.IsPublishMode && locked ? "ci" : "install";
        return resource
            .WithAnnotation(new JavaScriptPackageManagerAnnotation("npm", runScriptCommand: "run", cacheMount: "/root/.npm")
            {
                PackageFilesPatterns = { new CopyFilePattern("package*.json", "./") },
            })
            .WithAnnotation(new JavaScriptInstallCommandAnnotation([installCommand, .. installArgs ?? []]))
            .WithInstaller(install);
    }

    /// <summary>Makes the package manager run a script of package.json in place of Node.</summary>
    public static IResourceBuilder<TResource> WithRunScript<TResource>(
        this IResourceBuilder<TResource> resource, string scriptName, string[]? args = null)
        where TResource : JavaScriptAppResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentException.ThrowIfNullOrEmpty(scriptName);
        return resource.WithAnnotation(new JavaScriptRunScriptAnnotation(scriptName, args));
    }

    /// <summary>Makes the Docker build run a script of package.json after the packages are installed.</summary>
    public static IResourceBuilder<TResource> WithBuildScript<TResource>(
        this IResourceBuilder<TResource> resource, string scriptName, string[]? args = null)
        where TResource : JavaScriptAppResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentException.ThrowIfNullOrEmpty(scriptName);
        return resource.WithAnnotation(new JavaScriptBuildScriptAnnotation(scriptName, args));
    }

    private static void AddStartArguments(IList<object> args, JavaScriptAppResource app, string scriptPath)
    {
        if (!app.TryGetLastAnnotation<JavaScriptRunScriptAnnotation>(out var run)
            || !app.TryGetLastAnnotation<JavaScriptPackageManagerAnnotation>(out var packageManager))
        {
            args.Add(scriptPath);
            return;
        }

        foreach (var arg in (string?[])[packageManager.ScriptCommand, run.ScriptName, .. run.Args])
        {
            if (!string.IsNullOrEmpty(arg))
                args.Add(arg);
        }
    }
}
