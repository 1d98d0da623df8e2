using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>What the configuration says about the dashboard. A missing key leaves that door open; a missing address means any free port.</summary>
internal sealed record DashboardOptions
{
    /// <summary>The dashboard's binary or its folder, when it is not the one that this repository's tools provide.</summary>
    public string? BinaryPath { get; init; }

    public string? FrontendUrls { get; init; }

    public string? OtlpGrpcUrl { get; init; }

    public string? OtlpHttpUrl { get; init; }

    public string? BrowserToken { get; init; }

    public string? OtlpApiKey { get; init; }

    public string? TelemetryApiKey { get; init; }

    public string? ResourceServiceApiKey { get; init; }

    public bool ShowInResources { get; init; }

    /// <summary>The environment that the dashboard itself runs in; not that of the AppHost, which is usually Development.</summary>
    public string EnvironmentName { get; init; } = "Production";

    public static DashboardOptions From(IConfiguration configuration)
    {
        var anonymous = IsTrue(configuration, "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS");
        return new()
        {
            BinaryPath = Text(configuration, "ASPIRE_DASHBOARD_PATH") is { } path && Directory.Exists(path)
                ? Path.Combine(path, OperatingSystem.IsWindows() ? "aspire-managed.exe" : "aspire-managed")
                : Text(configuration, "ASPIRE_DASHBOARD_PATH"),
            FrontendUrls = Text(configuration, "ASPNETCORE_URLS"),
            OtlpGrpcUrl = Text(configuration, "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"),
            OtlpHttpUrl = Text(configuration, "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"),
            BrowserToken = anonymous ? null : Text(configuration, "AppHost:BrowserToken"),
            OtlpApiKey = anonymous ? null : Text(configuration, "AppHost:OtlpApiKey"),
            TelemetryApiKey = anonymous ? null : Text(configuration, "AppHost:DashboardApiKey"),
            ResourceServiceApiKey = configuration["AppHost:ResourceService:AuthMode"] is "Unsecured"
                ? null
                : Text(configuration, "AppHost:ResourceService:ApiKey"),
            ShowInResources = IsTrue(configuration, "ASPIRE_SHOW_DASHBOARD_RESOURCES"),
        };
    }

    private static bool IsTrue(IConfiguration configuration, string key) => bool.TryParse(configuration[key], out var value) && value;

    private static string? Text(IConfiguration configuration, string key) =>
        configuration[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
