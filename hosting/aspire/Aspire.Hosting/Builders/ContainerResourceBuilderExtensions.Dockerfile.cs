using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ContainerResourceBuilderExtensions
{
    /// <summary>Adds a container whose image is built from a Dockerfile.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="contextPath">The build context, absolute or relative to the AppHost's folder.</param>
    /// <param name="dockerfilePath">The Dockerfile, absolute or relative to the context; <c>Dockerfile</c> when null.</param>
    /// <param name="stage">The stage to build; the last one when null.</param>
    public static IResourceBuilder<ContainerResource> AddDockerfile(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string contextPath, string? dockerfilePath = null, string? stage = null) =>
        builder.AddResource(new ContainerResource(name)).WithDockerfile(contextPath, dockerfilePath, stage);

    /// <summary>Adds a container whose image is built from a Dockerfile that <paramref name="dockerfileFactory"/> writes.</summary>
    /// <inheritdoc cref="WithDockerfileFactory{T}(IResourceBuilder{T}, string, Func{DockerfileFactoryContext, Task{string}}, string?)"/>
    public static IResourceBuilder<ContainerResource> AddDockerfileFactory(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string contextPath,
        Func<DockerfileFactoryContext, Task<string>> dockerfileFactory, string? stage = null) =>
        builder.AddResource(new ContainerResource(name)).WithDockerfileFactory(contextPath, dockerfileFactory, stage);

    /// <summary>Builds the image from a Dockerfile.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="contextPath">The build context, absolute or relative to the AppHost's folder.</param>
    /// <param name="dockerfilePath">The Dockerfile, absolute or relative to the context; <c>Dockerfile</c> when null.</param>
    /// <param name="stage">The stage to build; the last one when null.</param>
    public static IResourceBuilder<T> WithDockerfile<T>(
        this IResourceBuilder<T> builder, string contextPath, string? dockerfilePath = null, string? stage = null) where T : ContainerResource
    {
        var context = AppHostPath.Resolve(builder.ApplicationBuilder, contextPath);
        var dockerfile = Path.GetFullPath(dockerfilePath ?? "Dockerfile", context);
        return builder.WithBuild(new DockerfileBuildAnnotation(context, dockerfile, stage));
    }

    /// <summary>Builds the image from a Dockerfile that is written when it is needed.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="contextPath">The build context, absolute or relative to the AppHost's folder.</param>
    /// <param name="dockerfileFactory">Writes the text of the Dockerfile.</param>
    /// <param name="stage">The stage to build; the last one when null.</param>
    public static IResourceBuilder<T> WithDockerfileFactory<T>(
        this IResourceBuilder<T> builder, string contextPath, Func<DockerfileFactoryContext, Task<string>> dockerfileFactory, string? stage = null)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(dockerfileFactory);
        var application = builder.ApplicationBuilder;
        var file = Path.Combine(Path.GetTempPath(), $"aspire-{application.Configuration["AppHost:PathSha256"]?[..10]}", $"{builder.Resource.Name}.Dockerfile");
        return builder.WithBuild(new DockerfileBuildAnnotation(AppHostPath.Resolve(application, contextPath), file, stage) { DockerfileFactory = dockerfileFactory });
    }

    /// <inheritdoc cref="WithDockerfileFactory{T}(IResourceBuilder{T}, string, Func{DockerfileFactoryContext, Task{string}}, string?)"/>
    public static IResourceBuilder<T> WithDockerfileFactory<T>(
        this IResourceBuilder<T> builder, string contextPath, Func<DockerfileFactoryContext, string> dockerfileFactory, string? stage = null)
        where T : ContainerResource => builder.WithDockerfileFactory(contextPath, context => Task.FromResult(dockerfileFactory(context)), stage);

    /// <summary>Sets a build argument (<c>ARG</c>) of the Dockerfile: text, or a value that becomes known at run time.</summary>
    /// <exception cref="InvalidOperationException">The image is not built from a Dockerfile.</exception>
    public static IResourceBuilder<T> WithBuildArg<T>(this IResourceBuilder<T> builder, string name, object? value) where T : ContainerResource
    {
        BuildOf(builder, nameof(WithBuildArg)).BuildArguments[name] = value;
        return builder;
    }

    /// <summary>Sets a build argument (<c>ARG</c>) of the Dockerfile to a parameter, which must not be secret: arguments stay readable in the image.</summary>
    /// <exception cref="InvalidOperationException">The image is not built from a Dockerfile, or the parameter is secret.</exception>
    public static IResourceBuilder<T> WithBuildArg<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> value)
        where T : ContainerResource => value.Resource.Secret
            ? throw new InvalidOperationException(
                $"The secret parameter '{value.Resource.Name}' cannot be a build argument of '{builder.Resource.Name}': "
                + "it would stay readable in the image. Use WithBuildSecret.")
            : builder.WithBuildArg(name, (object)value.Resource);

    /// <summary>Gives the build a secret that does not stay in the image.</summary>
    /// <exception cref="InvalidOperationException">The image is not built from a Dockerfile.</exception>
    public static IResourceBuilder<T> WithBuildSecret<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> value)
        where T : ContainerResource
    {
        BuildOf(builder, nameof(WithBuildSecret)).BuildSecrets[name] = value.Resource;
        return builder;
    }

    private static IResourceBuilder<T> WithBuild<T>(this IResourceBuilder<T> builder, DockerfileBuildAnnotation build) where T : ContainerResource
    {
        // The name keeps builds of two AppHosts on one machine apart.
        build.ImageName = $"{builder.Resource.Name}-{builder.ApplicationBuilder.Configuration["AppHost:PathSha256"]?[..10]}".ToLowerInvariant();
        build.ImageTag = "latest";
        return builder.WithImage(build.ImageName, build.ImageTag).WithAnnotation(build, ResourceAnnotationMutationBehavior.Replace);
    }

    private static DockerfileBuildAnnotation BuildOf<T>(IResourceBuilder<T> builder, string caller) where T : ContainerResource =>
        builder.Resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build)
            ? build
            : throw new InvalidOperationException(
                $"The image of container '{builder.Resource.Name}' is not built from a Dockerfile. Call WithDockerfile before {caller}.");
}
