using Microsoft.Net.Http.Headers;
using Scalar.AspNetCore;
using Yarp.ReverseProxy.Configuration;

namespace MsaAspire.Gateway;

/// <summary>One page, <c>/docs</c>, for the OpenAPI documents of all services that have a path below <c>/api</c>. It loads nothing from other hosts.</summary>
internal static class ApiDocs
{
    private const string Documents = "/openapi/";

    /// <summary>The route by which a service's document is read: <c>/openapi/{service}/v1.json</c>.</summary>
    public static IEnumerable<RouteConfig> RoutesOf(IEnumerable<(string Path, string Service)> entries) =>
        entries.Where(e => e.Path.StartsWith("/api/", StringComparison.Ordinal)).Select(e => e.Service).Distinct().Select(service => new RouteConfig
        {
            RouteId = $"{Documents}{service}/v1.json",
            ClusterId = service,
            Match = new() { Path = $"{Documents}{service}/v1.json" },
        });

    public static void MapApiDocs(this WebApplication app)
    {
        var documents = app.Services.GetServices<IProxyConfigProvider>().SelectMany(p => p.GetConfig().Routes)
            .Where(r => r.RouteId.StartsWith(Documents, StringComparison.Ordinal)).ToList();
        app.MapScalarApiReference("/docs", options =>
        {
            options.WithTitle("The shop's API");
            foreach (var route in documents)
                options.AddDocument(route.ClusterId!, Title(route.ClusterId!), route.RouteId);
            options.DynamicNonce = true;
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.HideClientButton = true;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.Agent = new() { Disabled = true };
            options.Mcp = new() { Disabled = true };
        }).AddEndpointFilter(async (context, next) =>
        {
            var answer = await next(context);
            // The page starts its script inline, and its components have inline styles.
            if (context.HttpContext.Items[ScalarOptions.NonceHttpContextItemKey] is { } nonce)
            {
                context.HttpContext.Response.Headers[HeaderNames.ContentSecurityPolicy] =
                    $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
                    + "object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
            }

            return answer;
        });
    }

    private static string Title(string service) => char.ToUpperInvariant(service[0]) + service[1..];
}
