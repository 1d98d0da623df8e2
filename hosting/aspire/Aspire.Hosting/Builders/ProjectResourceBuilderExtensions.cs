using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project that the AppHost references, with the endpoints and variables of its launch profile.</summary>
    /// <typeparam name="TProject">The generated class <c>Projects.Name</c>.</typeparam>
    /// <exception cref="DistributedApplicationException">The project, or the launch profile asked for, does not exist.</exception>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name)
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, _ => { });

    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="launchProfileName">The launch profile; null for none.</param>
    /// <inheritdoc cref="AddProject{TProject}(IDistributedApplicationBuilder, string)"/>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, Use(launchProfileName));

    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="configure">Chooses what of the project's own settings is used.</param>
    /// <inheritdoc cref="AddProject{TProject}(IDistributedApplicationBuilder, string)"/>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new() => builder.Add(name, new TProject(), configure);

    /// <summary>Adds a project by the path of its file or folder, with the endpoints and variables of its launch profile.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="projectPath">The project, absolute or relative to the AppHost's folder. Build it before; building the AppHost builds only what that references.</param>
    /// <exception cref="DistributedApplicationException">The project, or the launch profile asked for, does not exist.</exception>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath) =>
        builder.AddProject(name, projectPath, _ => { });

    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="projectPath">The project, absolute or relative to the AppHost's folder. Build it before; building the AppHost builds only what that references.</param>
    /// <param name="launchProfileName">The launch profile; null for none.</param>
    /// <inheritdoc cref="AddProject(IDistributedApplicationBuilder, string, string)"/>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath, string? launchProfileName) =>
        builder.AddProject(name, projectPath, Use(launchProfileName));

    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="projectPath">The project, absolute or relative to the AppHost's folder. Build it before; building the AppHost builds only what that references.</param>
    /// <param name="configure">Chooses what of the project's own settings is used.</param>
    /// <inheritdoc cref="AddProject(IDistributedApplicationBuilder, string, string)"/>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath, Action<ProjectResourceOptions> configure) =>
        builder.Add(name, new ProjectMetadata(AppHostPath.Resolve(builder, projectPath)), configure);

    /// <summary>Runs several copies of the project behind one address.</summary>
    /// <exception cref="DistributedApplicationException">The number is less than one.</exception>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas) => replicas < 1
        ? throw new DistributedApplicationException(
            $"Project '{builder.Resource.Name}' cannot have {replicas} replicas. Give 1 or more; WithExplicitStart leaves it stopped.")
        : builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Lets the published project ignore <c>X-Forwarded-*</c> headers.</summary>
    public static IResourceBuilder<ProjectResource> DisableForwardedHeaders(this IResourceBuilder<ProjectResource> builder) =>
        builder.WithAnnotation(new DisableForwardedHeadersAnnotation(), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Chooses the endpoints that the process is told to listen on; all without a call.</summary>
    public static IResourceBuilder<ProjectResource> WithEndpointsInEnvironment(
        this IResourceBuilder<ProjectResource> builder, Func<EndpointAnnotation, bool> filter) =>
        builder.WithAnnotation(new EndpointEnvironmentInjectionFilterAnnotation(filter));

    /// <summary>Publishes the project as a container that is built from the Dockerfile in its folder.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="configure">Changes the container. It starts without the project's arguments.</param>
    public static IResourceBuilder<T> PublishAsDockerFile<T>(this IResourceBuilder<T> builder, Action<IResourceBuilder<ContainerResource>>? configure = null)
        where T : ProjectResource
    {
        var folder = Path.GetDirectoryName(builder.Resource.GetProjectMetadata().ProjectPath)!;
        PublishedContainer.Replace(builder, folder, container =>
        {
            container.WithArgs(context => context.Args.Clear());
            foreach (var scheme in (string[])["http", "https"])
            {
                // The port that the ASP.NET Core images listen on.
                container.WithEndpoint(scheme, endpoint => endpoint.TargetPort ??= 8080, createIfNotExists: false);
            }

            configure?.Invoke(container);
        });
        return builder;
    }

    private static Action<ProjectResourceOptions> Use(string? launchProfileName) => options =>
    {
        options.ExcludeLaunchProfile = launchProfileName is null;
        options.LaunchProfileName = launchProfileName;
    };

    private static IResourceBuilder<ProjectResource> Add(
        this IDistributedApplicationBuilder builder, string name, IProjectMetadata metadata, Action<ProjectResourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ProjectResourceOptions();
        configure(options);
        return builder.AddResource(new ProjectResource(name)).WithAnnotation(metadata).WithProjectDefaults(options);
    }
}
