using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>The dashboard is configured by environment variables alone; these are they.</summary>
internal static class DashboardEnvironment
{
    public static async Task FillAsync(
        EnvironmentCallbackContext context, DashboardOptions options, ResourceServiceHost resourceService, IConfiguration configuration)
    {
        var variables = context.EnvironmentVariables;

        // What the user says about the dashboard itself; everything below is ours to decide.
        foreach (var (key, value) in configuration.AsEnumerable())
        {
            if (value is not null && key.StartsWith("ASPIRE_DASHBOARD_", StringComparison.OrdinalIgnoreCase))
            {
                variables[key] = value;
            }
        }

        AddAddresses(variables, (IResourceWithEndpoints)context.Resource);
        variables["ASPNETCORE_ENVIRONMENT"] = options.EnvironmentName;
        variables["ASPIRE_DASHBOARD_API_ENABLED"] = "true";
        variables["LOGGING__CONSOLE__FORMATTERNAME"] = "json";

        // Hexadecimal milliseconds: compile hot methods again when the start is over, and leave the processor to the rest meanwhile.
        variables["DOTNET_TC_CallCountingDelayMs"] = "1388";
        var resourceServiceUri = await resourceService.GetUriAsync(context.CancellationToken).ConfigureAwait(false);
        variables["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = resourceServiceUri.ToString();
        AddSecret(variables, "DASHBOARD__FRONTEND", "BrowserToken", "BROWSERTOKEN", options.BrowserToken);
        AddSecret(variables, "DASHBOARD__OTLP", "ApiKey", "PRIMARYAPIKEY", options.OtlpApiKey);
        AddSecret(variables, "DASHBOARD__API", "ApiKey", "PRIMARYAPIKEY", options.TelemetryApiKey);
        AddSecret(variables, "DASHBOARD__RESOURCESERVICECLIENT", "ApiKey", "APIKEY", options.ResourceServiceApiKey);
    }

    private static void AddAddresses(Dictionary<string, object> variables, IResourceWithEndpoints dashboard)
    {
        var frontend = new ReferenceExpressionBuilder();
        foreach (var endpoint in dashboard.GetEndpoints().Where(endpoint => endpoint.EndpointName is "http" or "https"))
        {
            if (!frontend.IsEmpty)
            {
                frontend.AppendLiteral(";");
            }

            frontend.Append($"{ListenAddress(endpoint)}");
        }

        variables["ASPNETCORE_URLS"] = frontend.Build();
        variables["DASHBOARD__FRONTEND__PUBLICURL"] = DashboardResource.Frontend(dashboard);
        AddListener(variables, "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", dashboard.GetEndpoint(DashboardResource.OtlpGrpcEndpoint));
        AddListener(variables, "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", dashboard.GetEndpoint(DashboardResource.OtlpHttpEndpoint));
    }

    private static void AddListener(Dictionary<string, object> variables, string name, EndpointReference endpoint)
    {
        if (endpoint.Exists)
        {
            variables[name] = ListenAddress(endpoint);
        }
    }

    // The port behind the proxy; the endpoint's own is where the proxy listens.
    private static ReferenceExpression ListenAddress(EndpointReference endpoint)
    {
        var annotation = endpoint.EndpointAnnotation;
        return ReferenceExpression.Create($"{annotation.UriScheme}://{annotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}");
    }

    private static void AddSecret(Dictionary<string, object> variables, string section, string mode, string name, string? secret)
    {
        variables[$"{section}__AUTHMODE"] = secret is null ? "Unsecured" : mode;
        if (secret is not null)
        {
            variables[$"{section}__{name}"] = secret;
        }
    }
}
