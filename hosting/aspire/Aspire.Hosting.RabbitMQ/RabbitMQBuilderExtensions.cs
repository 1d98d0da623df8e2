using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.RabbitMQ;
using Aspire.Hosting.Utils;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds RabbitMQ brokers to the application.</summary>
public static class RabbitMQBuilderExtensions
{
    private const string DataFolder = "/var/lib/rabbitmq";

    /// <summary>Adds a RabbitMQ broker. It is healthy while the AppHost holds an open connection to it.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name; also the connection string's name for those that reference it.</param>
    /// <param name="userName">The user's name; <c>guest</c> when null.</param>
    /// <param name="password">The user's password; generated and kept when null.</param>
    /// <param name="port">The AMQP port on the host; a free one when null.</param>
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        // No special characters: the password becomes part of a URI, and not every client decodes it.
        var passwordParameter = password?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var broker = new RabbitMQServerResource(name, userName?.Resource, passwordParameter);

        return builder.AddResource(broker)
            .WithImage(BrokerImage.Image, BrokerImage.Tag)
            .WithImageRegistry(BrokerImage.Registry)
            .WithEndpoint(port: port, targetPort: 5672, name: RabbitMQServerResource.PrimaryEndpointName)
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["RABBITMQ_DEFAULT_USER"] = broker.UserNameReference;
                context.EnvironmentVariables["RABBITMQ_DEFAULT_PASS"] = broker.PasswordParameter;
            })
            .WithConnectionHealthCheck();
    }

    /// <summary>Turns on the management plugin, with its page on a free port of the host.</summary>
    /// <exception cref="DistributedApplicationException">The image or its tag is not one of RabbitMQ's own.</exception>
    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder) =>
        builder.WithManagementPlugin(port: null);

    /// <summary>Turns on the management plugin, with its page on the given port of the host.</summary>
    /// <exception cref="DistributedApplicationException">The image or its tag is not one of RabbitMQ's own.</exception>
    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(
        this IResourceBuilder<RabbitMQServerResource> builder, int? port)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var image = builder.Resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault();
        if (image is null || !BrokerImage.TryGetManagementTag(image, out var tag))
        {
            throw new DistributedApplicationException(
                $"Cannot turn on the management plugin of '{builder.Resource.Name}': its image is not RabbitMQ's own with a tag such as '4.3' or '4.3-alpine'. "
                + "Use such an image, or one that has the plugin and an endpoint 'management' of your own.");
        }

        image.Tag = tag;
        return builder.WithHttpEndpoint(port: port, targetPort: 15672, name: RabbitMQServerResource.ManagementEndpointName);
    }

    /// <summary>Keeps the broker's data in a named volume, so that it outlives the run.</summary>
    /// <param name="builder">The broker.</param>
    /// <param name="name">The volume's name; derived from the application and the resource when null.</param>
    /// <param name="isReadOnly">Whether the volume is mounted read-only.</param>
    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(
        this IResourceBuilder<RabbitMQServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataFolder, isReadOnly).WithStableNodeName();
    }

    /// <summary>Keeps the broker's data in a folder of the host, so that it outlives the run.</summary>
    /// <param name="builder">The broker.</param>
    /// <param name="source">The folder on the host, relative to the AppHost's.</param>
    /// <param name="isReadOnly">Whether the folder is mounted read-only.</param>
    public static IResourceBuilder<RabbitMQServerResource> WithDataBindMount(
        this IResourceBuilder<RabbitMQServerResource> builder, string source, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(source);
        return builder.WithBindMount(source, DataFolder, isReadOnly).WithStableNodeName();
    }

    /// <summary>The broker keeps its data by node name, which defaults to the container's random host name.</summary>
    private static IResourceBuilder<RabbitMQServerResource> WithStableNodeName(this IResourceBuilder<RabbitMQServerResource> builder) =>
        builder.ApplicationBuilder.ExecutionContext.IsRunMode
            ? builder.WithEnvironment("RABBITMQ_NODENAME", $"{builder.Resource.Name}@localhost")
            : builder;

    private static IResourceBuilder<RabbitMQServerResource> WithConnectionHealthCheck(this IResourceBuilder<RabbitMQServerResource> builder)
    {
        var broker = builder.Resource;
        var address = new BrokerAddress();
        builder.ApplicationBuilder.Eventing.Subscribe<ConnectionStringAvailableEvent>(broker, async (_, cancellationToken) =>
            address.Value = await broker.ConnectionStringExpression.GetValueAsync(cancellationToken)
                ?? throw new DistributedApplicationException($"The connection string of resource '{broker.Name}' was announced but is empty."));

        var key = $"{broker.Name}_check";
        var services = builder.ApplicationBuilder.Services;
        services.AddKeyedSingleton(broker.Name, (_, _) => new ConnectionHealthCheck(broker.Name, address));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            key, provider => provider.GetRequiredKeyedService<ConnectionHealthCheck>(broker.Name), failureStatus: null, tags: null));
        return builder.WithHealthCheck(key);
    }
}
