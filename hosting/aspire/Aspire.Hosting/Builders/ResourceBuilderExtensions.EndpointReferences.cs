using Aspire.Hosting.ApplicationModel;
using static Aspire.Hosting.ApplicationModel.ReferenceEnvironmentInjectionFlags;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Passes on the URL of an external service: <c>NAME</c>, and <c>services__name__scheme__0</c> for .NET service discovery.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<ExternalServiceResource> externalService)
        where TDestination : IResourceWithEnvironment
    {
        var service = externalService.Resource;
        return builder.WithReferenceRelationship(service).WithEnvironment(async context =>
        {
            var scheme = service.Uri?.Scheme ?? await SchemeAsync(service, context);
            var variable = EnvironmentVariableName.Encode(service.Name).ToUpperInvariant();
            if (builder.Injects(Endpoints))
            {
                // The scheme of a URL that a parameter gives is part of the name as soon as it is known.
                var suffix = service.Uri is null && scheme is not null ? "_" + scheme.ToUpperInvariant() : "";
                context.EnvironmentVariables[variable + suffix] = ValueOf(service);
            }

            if (builder.Injects(ServiceDiscovery))
            {
                context.EnvironmentVariables[$"services__{service.Name}__{scheme ?? "default"}__0"] = ValueOf(service);
            }
        });
    }

    private static async Task<string?> SchemeAsync(ExternalServiceResource service, EnvironmentCallbackContext context)
    {
        if (context.ExecutionContext.IsPublishMode)
        {
            return null;
        }

        var url = await service.UrlParameter!.GetValueAsync(context.CancellationToken);
        return ExternalServiceUrl.Parse(service, url).Scheme;
    }

    private static IResourceBuilder<T> ReferToEndpoints<T>(this IResourceBuilder<T> builder, IResourceWithEndpoints source, string? endpointName, string? serviceName)
        where T : IResourceWithEnvironment
    {
        // One annotation a source, however many calls: the variables are set once, from all that was asked for until then.
        var reference = builder.Resource.Annotations.OfType<EndpointReferenceAnnotation>().SingleOrDefault(r => r.Resource == source);
        if (reference is null)
        {
            reference = new EndpointReferenceAnnotation(source);
            if (builder.Resource.IsContainer())
            {
                reference.ContextNetworkId = KnownNetworkIdentifiers.DefaultAspireContainerNetwork;
            }

            builder.WithAnnotation(reference).WithEnvironment(context => builder.SetEndpointVariables(reference, serviceName, context.EnvironmentVariables));
        }

        if (endpointName is null)
        {
            reference.UseAllEndpoints = true;
        }
        else
        {
            reference.EndpointNames.Add(endpointName);
        }

        return builder.WithReferenceRelationship(source);
    }

    private static void SetEndpointVariables<T>(
        this IResourceBuilder<T> builder, EndpointReferenceAnnotation reference, string? serviceName, Dictionary<string, object> variables)
        where T : IResourceWithEnvironment
    {
        var name = serviceName ?? reference.Resource.Name;
        var prefix = EnvironmentVariableName.Encode(serviceName ?? name.ToUpperInvariant());
        foreach (var asked in reference.EndpointNames)
        {
            // Throws, naming the resource and its endpoints, when there is none of that name.
            _ = reference.Resource.GetEndpoint(asked).EndpointAnnotation;
        }

        foreach (var endpoint in reference.Resource.GetEndpoints(reference.ContextNetworkId))
        {
            if (!reference.EndpointNames.Contains(endpoint.EndpointName) && (!reference.UseAllEndpoints || endpoint.ExcludeReferenceEndpoint))
            {
                continue;
            }

            if (builder.Injects(Endpoints))
            {
                variables[$"{prefix}_{EnvironmentVariableName.Encode(endpoint.EndpointName).ToUpperInvariant()}"] = endpoint;
            }

            if (builder.Injects(ServiceDiscovery))
            {
                // Service discovery looks for the scheme; any other endpoint is asked for by its name.
                var key = endpoint.IsHttpSchemeNamedEndpoint ? endpoint.Scheme : endpoint.EndpointName;
                var index = 0;
                while (variables.ContainsKey($"services__{name}__{key}__{index}"))
                {
                    index++;
                }

                variables[$"services__{name}__{key}__{index}"] = endpoint;
            }
        }

    }
}
