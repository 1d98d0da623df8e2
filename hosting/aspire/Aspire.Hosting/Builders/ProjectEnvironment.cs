using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The variables that tell an ASP.NET Core process what to listen on.</summary>
internal static class ProjectEnvironment
{
    /// <summary>One <c>ASPNETCORE_URLS</c> of all HTTP endpoints, and the outer HTTPS port for redirections.</summary>
    public static void SetUrls(IResourceBuilder<ProjectResource> builder, EnvironmentCallbackContext context)
    {
        if (context.EnvironmentVariables.ContainsKey("ASPNETCORE_URLS"))
        {
            return;
        }

        var urls = new ReferenceExpressionBuilder();
        foreach (var endpoint in ToldOf(builder.Resource))
        {
            if (!urls.IsEmpty)
            {
                urls.AppendLiteral(";");
            }

            if (endpoint.IsHttps)
            {
                context.EnvironmentVariables.TryAdd("ASPNETCORE_HTTPS_PORT", endpoint.Property(EndpointProperty.Port));
            }

            var host = endpoint.EndpointAnnotation.TargetHost;
            urls.Append($"{endpoint.Property(EndpointProperty.Scheme)}://{host}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }

        if (!urls.IsEmpty)
        {
            context.EnvironmentVariables["ASPNETCORE_URLS"] = urls.Build();
        }
    }

    /// <summary><c>HTTP_PORTS</c> and <c>HTTPS_PORTS</c>, which a container image understands whatever its addresses are.</summary>
    public static void SetPorts(IResourceBuilder<ProjectResource> builder, EnvironmentCallbackContext context)
    {
        var defaultHttps = ProjectEndpointsAnnotation.Of(builder.Resource).DefaultHttps;
        foreach (var scheme in (string[])["http", "https"])
        {
            var ports = new ReferenceExpressionBuilder();
            foreach (var endpoint in ToldOf(builder.Resource).Where(e => e.Scheme == scheme && e.EndpointAnnotation != defaultHttps))
            {
                if (!ports.IsEmpty)
                {
                    ports.AppendLiteral(";");
                }

                ports.AppendFormatted(endpoint.Property(EndpointProperty.TargetPort));
            }

            if (!ports.IsEmpty)
            {
                context.EnvironmentVariables.TryAdd($"{scheme.ToUpperInvariant()}_PORTS", ports.Build());
            }
        }
    }

    /// <summary>
    /// Once Kestrel's configuration names endpoints it ignores every other setting, so all endpoints are then set in that section.
    /// </summary>
    public static void OverrideKestrel(IResourceBuilder<ProjectResource> builder, EnvironmentCallbackContext context)
    {
        var known = ProjectEndpointsAnnotation.Of(builder.Resource);
        if (known.KestrelHosts.Count == 0)
        {
            return;
        }

        foreach (var endpoint in ToldOf(builder.Resource).Where(e => e.EndpointAnnotation != known.DefaultHttps))
        {
            var host = context.ExecutionContext.IsRunMode && known.KestrelHosts.TryGetValue(endpoint.EndpointAnnotation, out var configured) ? configured : "*";
            context.EnvironmentVariables[$"Kestrel__Endpoints__{endpoint.EndpointName}__Url"] =
                ReferenceExpression.Create($"{endpoint.Scheme}://{host}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }
    }

    private static IEnumerable<EndpointReference> ToldOf(ProjectResource project) => project.GetEndpoints()
        .Where(e => (e.IsHttp || e.IsHttps) && project.Annotations.OfType<EndpointEnvironmentInjectionFilterAnnotation>().All(f => f.Filter(e.EndpointAnnotation)));
}
