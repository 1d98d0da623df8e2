using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds programs of this machine.</summary>
public static class ExecutableResourceBuilderExtensions
{
    /// <summary>Adds a program.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource.</param>
    /// <param name="command">A program on PATH, or its path.</param>
    /// <param name="workingDirectory">The folder it runs in, absolute or relative to the AppHost's.</param>
    /// <param name="args">Its arguments.</param>
    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string command, string workingDirectory, params string[]? args) =>
        builder.AddExecutable(name, command, workingDirectory, (object[]?)args);

    /// <inheritdoc cref="AddExecutable(IDistributedApplicationBuilder, string, string, string, string[])"/>
    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string command, string workingDirectory, params object[]? args) => builder
        .AddResource(new ExecutableResource(name, command, AppHostPath.Resolve(builder, workingDirectory)))
        .WithArgs(args ?? []);

    /// <summary>Runs another program instead.</summary>
    public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string command) where T : ExecutableResource
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        builder.Resource.Annotations.OfType<ExecutableAnnotation>().Last().Command = command;
        return builder;
    }

    /// <summary>Runs the program in another folder, absolute or relative to the AppHost's.</summary>
    public static IResourceBuilder<T> WithWorkingDirectory<T>(this IResourceBuilder<T> builder, string workingDirectory) where T : ExecutableResource
    {
        builder.Resource.Annotations.OfType<ExecutableAnnotation>().Last().WorkingDirectory = AppHostPath.Resolve(builder.ApplicationBuilder, workingDirectory);
        return builder;
    }

    /// <summary>Publishes the program as a container, built from the Dockerfile in its working directory.</summary>
    public static IResourceBuilder<T> PublishAsDockerFile<T>(this IResourceBuilder<T> builder) where T : ExecutableResource =>
        builder.PublishAsDockerFile(configure: null);

    /// <param name="builder">The program.</param>
    /// <param name="configure">Changes the container. It starts without the program's arguments, which often are paths of this machine.</param>
    /// <inheritdoc cref="PublishAsDockerFile{T}(IResourceBuilder{T})"/>
    public static IResourceBuilder<T> PublishAsDockerFile<T>(this IResourceBuilder<T> builder, Action<IResourceBuilder<ContainerResource>>? configure)
        where T : ExecutableResource
    {
        PublishedContainer.Replace(builder, builder.Resource.WorkingDirectory, container =>
        {
            container.WithArgs(context => context.Args.Clear());
            configure?.Invoke(container);
        });
        return builder;
    }
}
