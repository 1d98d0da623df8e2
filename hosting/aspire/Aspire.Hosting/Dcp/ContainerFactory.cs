using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp.Model;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>Translates a container of the model to a DCP Container.</summary>
internal sealed class ContainerFactory(ResourceValues values, EndpointPlan endpoints, IServiceProvider services, string sessionFolder, string? registryOverride)
{
    /// <summary>Name of the DCP object of the network that all containers share.</summary>
    public const string NetworkName = "aspire-network";

    /// <exception cref="DistributedApplicationException">A value is missing.</exception>
    public async Task<Container> CreateAsync(ResourceInstance instance, ILogger logger, CancellationToken cancellationToken)
    {
        var resource = instance.Resource;
        var arguments = await values.GetArgumentsAsync(resource, logger, cancellationToken).ConfigureAwait(false);
        var isPersistent = resource.TryGetLastAnnotation<ContainerLifetimeAnnotation>(out var lifetime) && lifetime.Lifetime == ContainerLifetime.Persistent;
        var served = endpoints.Of(resource).ToArray();
        var container = new Container
        {
            Metadata = new DcpMetadata
            {
                Name = instance.Id,
                Annotations = new()
                {
                    ["resource-name"] = resource.Name,
                    ["otel-service-name"] = resource.Name,
                    ["otel-service-instance-id"] = instance.Suffix,
                },
            },
            Spec = new ContainerSpec
            {
                ContainerName = resource.TryGetLastAnnotation<ContainerNameAnnotation>(out var name) ? name.Name : instance.Id,
                Command = (resource as ContainerResource)?.Entrypoint,
                Args = [.. arguments.Select(a => a.Value)],
                Env = await values.GetEnvironmentAsync(resource, logger, cancellationToken).ConfigureAwait(false),
                Ports = [.. served.Select(ToPort)],
                VolumeMounts = [.. resource.Annotations.OfType<ContainerMountAnnotation>().Select(ToMount)],
                Networks = [new ContainerNetworkAttachment(NetworkName, [resource.Name, .. resource.Annotations.OfType<ContainerNetworkAliasAnnotation>().Select(a => a.Alias)])],
                RunArgs = await GetRuntimeArgumentsAsync(resource, cancellationToken).ConfigureAwait(false),
                PullPolicy = PullPolicyOf(resource),
                Persistent = isPersistent ? true : null,
            },
        };
        var producers = served.Where(s => s.IsProxied).Select(s => new ServiceProducer(s.ServiceName, Address: null, s.Endpoint.TargetPort)).ToList();
        if (producers.Count > 0)
            container.Metadata.Annotations![ServiceProducer.Annotation] = JsonSerializer.Serialize(producers, DcpJson.Default.ListServiceProducer);

        if (resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build))
            container.Spec.Build = await ToBuildAsync(resource, build, cancellationToken).ConfigureAwait(false);
        container.Spec.Image = ImageOf(resource);
        return container;
    }

    private string? ImageOf(IResource resource)
    {
        if (!resource.TryGetContainerImageName(out var image))
            return null;
        if (registryOverride is null || resource.HasAnnotationOfType<DockerfileBuildAnnotation>())
            return image;

        var registry = resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var annotation) ? annotation.Registry : null;
        return $"{registryOverride}/{(registry is { Length: > 0 } ? image[(registry.Length + 1)..] : image)}";
    }

    private static ContainerPortMapping ToPort(EndpointService service) => new(
        service.Endpoint.TargetPort ?? service.Endpoint.Port ?? 0,
        service.IsProxied ? null : service.Endpoint.Port,
        HostBinding.IsSingleAddress(service.Endpoint.TargetHost) ? service.Endpoint.TargetHost : null,
        service.Endpoint.Protocol == System.Net.Sockets.ProtocolType.Udp ? "UDP" : null);

    private static ContainerVolumeMount ToMount(ContainerMountAnnotation mount) =>
        new(mount.Type == ContainerMountType.BindMount ? "bind" : "volume", mount.Source, mount.Target, mount.IsReadOnly);

    private static string? PullPolicyOf(IResource resource) =>
        resource.TryGetLastAnnotation<ContainerImagePullPolicyAnnotation>(out var policy) && policy.ImagePullPolicy != ImagePullPolicy.Default
            ? policy.ImagePullPolicy.ToString().ToLowerInvariant()
            : null;

    private static async Task<List<string>> GetRuntimeArgumentsAsync(IResource resource, CancellationToken cancellationToken)
    {
        // Linux engines do not know the name under which containers reach the host unless told.
        var arguments = new List<object> { $"--add-host={KnownHostNames.DockerDesktopHostBridge}:host-gateway" };
        foreach (var callback in resource.Annotations.OfType<ContainerRuntimeArgsCallbackAnnotation>())
            await callback.Callback(new ContainerRuntimeArgsCallbackContext(arguments, cancellationToken)).ConfigureAwait(false);
        return [.. arguments.Select(a => a.ToString()!)];
    }

    private async Task<ContainerBuild> ToBuildAsync(IResource resource, DockerfileBuildAnnotation build, CancellationToken cancellationToken)
    {
        var dockerfile = build.DockerfilePath;
        if (build.DockerfileFactory is { } generate)
        {
            var context = new DockerfileFactoryContext { Services = services, Resource = resource, CancellationToken = cancellationToken };
            dockerfile = Path.Combine(sessionFolder, $"{resource.Name}.Dockerfile");
            await File.WriteAllTextAsync(dockerfile, await generate(context).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }

        var result = new ContainerBuild { Context = build.ContextPath, Dockerfile = dockerfile, Stage = build.Stage };
        result.Args = [];
        foreach (var (name, value) in build.BuildArguments)
            result.Args.Add(new DcpEnvVar(name, await ToTextAsync(value, cancellationToken).ConfigureAwait(false)));
        result.Secrets = [];
        foreach (var (id, value) in build.BuildSecrets)
        {
            result.Secrets.Add(value is FileInfo file
                ? new ContainerBuildSecret(id, "file", file.FullName, Value: null)
                : new ContainerBuildSecret(id, "env", Source: null, await ToTextAsync(value, cancellationToken).ConfigureAwait(false)));
        }

        return result;
    }

    private static async ValueTask<string?> ToTextAsync(object? value, CancellationToken cancellationToken) => value switch
    {
        IValueProvider provider => await provider.GetValueAsync(cancellationToken).ConfigureAwait(false),
        IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(cancellationToken).ConfigureAwait(false),
        bool flag => flag ? "true" : "false",
        _ => value?.ToString(),
    };
}
