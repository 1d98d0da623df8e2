using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>
    /// Adds an endpoint. If the resource already has one of that name, as from a launch profile, changes what is given and leaves the rest.
    /// </summary>
    /// <param name="builder">The resource that listens.</param>
    /// <param name="port">The port others connect to; allocated when null.</param>
    /// <param name="targetPort">The port the process or container listens on; allocated when null, except in a container.</param>
    /// <param name="scheme">Scheme of its URL; the protocol's name when null.</param>
    /// <param name="name">Name within the resource; the scheme when null.</param>
    /// <param name="env">The variable that tells the process its target port.</param>
    /// <param name="isProxied">Whether others connect through a proxy; yes when null.</param>
    /// <param name="isExternal">Whether it is reachable from outside when deployed; no when null.</param>
    /// <param name="protocol">TCP when null.</param>
    /// <exception cref="DistributedApplicationException">A port is out of range, or the name belongs to an endpoint of another scheme.</exception>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? scheme = null, [EndpointName] string? name = null,
        string? env = null, bool? isProxied = null, bool? isExternal = null, ProtocolType? protocol = null)
        where T : IResourceWithEndpoints
    {
        var effectiveScheme = scheme ?? (protocol ?? ProtocolType.Tcp).ToString().ToLowerInvariant();
        var effectiveName = name ?? effectiveScheme;
        if (FindEndpoint(builder.Resource, effectiveName) is { } endpoint)
        {
            if (scheme is not null && scheme != endpoint.UriScheme)
            {
                throw new DistributedApplicationException(
                    $"Resource '{builder.Resource.Name}' already has an endpoint '{endpoint.Name}' with scheme '{endpoint.UriScheme}', "
                    + $"so it cannot get one with scheme '{scheme}' of the same name. Give the new endpoint another name.");
            }

            endpoint.Port = port ?? endpoint.Port;
            endpoint.TargetPort = targetPort ?? endpoint.TargetPort;
            endpoint.IsExternal = isExternal ?? endpoint.IsExternal;
            endpoint.IsExplicitlyProxied = isProxied ?? endpoint.IsExplicitlyProxied;
        }
        else
        {
            endpoint = new EndpointAnnotation(
                protocol ?? ProtocolType.Tcp, KnownNetworkIdentifiers.LocalhostNetwork, scheme, transport: null, name, port, targetPort, isExternal, isProxied);
            builder.WithAnnotation(endpoint);
        }

        ValidatePorts(builder.Resource, endpoint);
        return builder.TellTargetPort(endpoint, env);
    }

    /// <inheritdoc cref="WithEndpoint{T}(IResourceBuilder{T}, int?, int?, string?, string?, string?, bool?, bool?, ProtocolType?)"/>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, int? port, int? targetPort, string? scheme, [EndpointName] string? name, string? env, bool? isProxied, bool? isExternal)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, scheme, name, env, isProxied, isExternal, protocol: null);

    /// <summary>Changes the endpoint of that name, whatever is to be changed.</summary>
    /// <param name="builder">The resource that listens.</param>
    /// <param name="endpointName">Name of the endpoint, regardless of case.</param>
    /// <param name="callback">Changes it.</param>
    /// <param name="createIfNotExists">Whether a TCP endpoint is added first when there is none; without, nothing happens then.</param>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, [EndpointName] string endpointName, Action<EndpointAnnotation> callback, bool createIfNotExists = true)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(callback);
        var endpoint = FindEndpoint(builder.Resource, endpointName);
        if (endpoint is null && createIfNotExists)
        {
            endpoint = new EndpointAnnotation(ProtocolType.Tcp, KnownNetworkIdentifiers.LocalhostNetwork, name: endpointName);
            builder.WithAnnotation(endpoint);
        }

        if (endpoint is not null)
        {
            callback(endpoint);
            ValidatePorts(builder.Resource, endpoint);
        }

        return builder;
    }

    /// <summary>Adds or changes an HTTP endpoint, <c>http</c> unless named otherwise.</summary>
    /// <inheritdoc cref="WithEndpoint{T}(IResourceBuilder{T}, int?, int?, string?, string?, string?, bool?, bool?, ProtocolType?)"/>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, [EndpointName] string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "http", name, env, isProxied);

    /// <summary>Adds or changes an HTTPS endpoint, <c>https</c> unless named otherwise.</summary>
    /// <inheritdoc cref="WithEndpoint{T}(IResourceBuilder{T}, int?, int?, string?, string?, string?, bool?, bool?, ProtocolType?)"/>
    public static IResourceBuilder<T> WithHttpsEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, [EndpointName] string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "https", name, env, isProxied);

    /// <summary>Makes the HTTP and HTTPS endpoints that the resource has so far reachable from outside when deployed.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder) where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme is "http" or "https"))
        {
            endpoint.IsExternal = true;
        }

        return builder;
    }

    /// <summary>Refers to an endpoint by name. It need not exist yet, but must when the reference is used.</summary>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, [EndpointName] string name) where T : IResourceWithEndpoints =>
        builder.Resource.GetEndpoint(name);

    /// <summary>Refers to an endpoint as seen from a network.</summary>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, [EndpointName] string name, NetworkIdentifier contextNetworkId)
        where T : IResourceWithEndpoints => builder.Resource.GetEndpoint(name, contextNetworkId);

    /// <summary>Lets the resource's endpoints do with or without a proxy, regardless of what they say themselves.</summary>
    public static IResourceBuilder<IResourceWithEndpoints> WithEndpointProxySupport(this IResourceBuilder<IResourceWithEndpoints> builder, bool proxyEnabled) =>
        builder.WithAnnotation(new ProxySupportAnnotation { ProxyEnabled = proxyEnabled }, ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Makes all HTTP endpoints of the resource, also later ones, HTTP/2 without negotiation, as gRPC over plain HTTP needs.</summary>
    public static IResourceBuilder<T> AsHttp2Service<T>(this IResourceBuilder<T> builder) where T : IResourceWithEndpoints
    {
        builder.ApplicationBuilder.OnBeforeStart((_, _) =>
        {
            foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme is "http" or "https"))
            {
                endpoint.Transport = "http2";
            }

            return Task.CompletedTask;
        });
        return builder;
    }

    private static EndpointAnnotation? FindEndpoint(IResource resource, string name) => resource.Annotations.OfType<EndpointAnnotation>()
        .FirstOrDefault(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase));

    private static void ValidatePorts(IResource resource, EndpointAnnotation endpoint)
    {
        foreach (var port in (int?[])[endpoint.Port, endpoint.TargetPort])
        {
            if (port is <= 0 or > 65535)
            {
                throw new DistributedApplicationException(
                    $"Endpoint '{endpoint.Name}' of resource '{resource.Name}' cannot have port {port}. Give a port from 1 to 65535, or none to have one allocated.");
            }
        }
    }

    private static IResourceBuilder<T> TellTargetPort<T>(this IResourceBuilder<T> builder, EndpointAnnotation endpoint, string? variable)
        where T : IResourceWithEndpoints
    {
        if (variable is null || builder.Resource is not IResourceWithEnvironment)
        {
            return builder;
        }

        var port = new EndpointReference(builder.Resource, endpoint, KnownNetworkIdentifiers.LocalhostNetwork).Property(EndpointProperty.TargetPort);
        return builder.WithAnnotation(new EnvironmentCallbackAnnotation((EnvironmentCallbackContext context) => context.EnvironmentVariables[variable] = port));
    }
}
