using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.JavaScript;

internal static class PackageInstallation
{
    /// <summary>Adds the step <c>name-installer</c>, or changes the one there is.</summary>
    public static IResourceBuilder<TResource> WithInstaller<TResource>(this IResourceBuilder<TResource> app, bool install)
        where TResource : JavaScriptAppResource
    {
        if (!app.ApplicationBuilder.ExecutionContext.IsRunMode)
            return app;

        var installer = app.Resource.TryGetLastAnnotation<JavaScriptPackageInstallerAnnotation>(out var known)
            ? app.ApplicationBuilder.CreateResourceBuilder((JavaScriptInstallerResource)known.Resource)
            : app.AddInstaller();

        if (install)
            return app.WaitForCompletion(installer);

        foreach (var wait in app.Resource.Annotations.OfType<WaitAnnotation>().Where(wait => wait.Resource == installer.Resource).ToList())
            app.Resource.Annotations.Remove(wait);
        installer.WithExplicitStart();
        return app;
    }

    private static IResourceBuilder<JavaScriptInstallerResource> AddInstaller<TResource>(this IResourceBuilder<TResource> app)
        where TResource : JavaScriptAppResource
    {
        var resource = app.Resource;
        var installer = app.ApplicationBuilder
            .AddResource(new JavaScriptInstallerResource($"{resource.Name}-installer", resource.WorkingDirectory))
            .WithParentRelationship(resource)
            .WithArgs(context =>
            {
                if (resource.TryGetLastAnnotation<JavaScriptInstallCommandAnnotation>(out var command))
                    ((List<object>)[.. command.Args]).ForEach(context.Args.Add);
            })
            .ExcludeFromManifest();
        app.WithAnnotation(new JavaScriptPackageInstallerAnnotation(installer.Resource));

        // The package manager, and whether it runs the application too, may be chosen after this call.
        app.ApplicationBuilder.Eventing.Subscribe<BeforeStartEvent>((_, _) =>
        {
            if (resource.TryGetLastAnnotation<JavaScriptPackageManagerAnnotation>(out var packageManager))
            {
                installer.WithCommand(packageManager.ExecutableName);
                if (resource.TryGetLastAnnotation<JavaScriptRunScriptAnnotation>(out _))
                    app.WithCommand(packageManager.ExecutableName);
            }

            return Task.CompletedTask;
        });
        return installer;
    }
}
