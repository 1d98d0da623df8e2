using System.Diagnostics;
using System.Net;
using Xunit;

namespace Hosting.Tests.Dashboard;

public sealed class DashboardTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>, IDisposable
{
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false })
    {
        BaseAddress = fixture.Frontend(),
        Timeout = TimeSpan.FromSeconds(20),
    };

    private readonly CancellationToken _end = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_printed_link_logs_in()
    {
        const string Prefix = "Aspire.Hosting.DistributedApplication: Login to the dashboard at ";
        var line = Assert.Single(fixture.Log, line => line.StartsWith(Prefix, StringComparison.Ordinal));

        using var anonymous = await _client.GetAsync(new Uri("/", UriKind.Relative), _end);
        using var login = await _client.GetAsync(new Uri(line[Prefix.Length..]), _end);

        Assert.StartsWith("/login", anonymous.Headers.Location?.PathAndQuery ?? anonymous.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, login.StatusCode);
        Assert.Contains(login.Headers.GetValues("Set-Cookie"), cookie => cookie.Contains("Aspire.Dashboard.Auth", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_telemetry_API_asks_for_its_key()
    {
        using var anonymous = await _client.GetAsync(new Uri("/api/telemetry/resources", UriKind.Relative), _end);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/telemetry/resources");
        request.Headers.Add("x-api-key", fixture.Configuration["AppHost:DashboardApiKey"]);
        using var known = await _client.SendAsync(request, _end);

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }

    [Fact]
    public async Task Resources_are_told_where_to_send_telemetry_and_who_they_are()
    {
        var variables = await fixture.EnvironmentOfWorkerAsync();

        Assert.Equal(fixture.OtlpEndpoint(), new Uri(variables["OTEL_EXPORTER_OTLP_ENDPOINT"]!));
        Assert.Equal($"x-otlp-api-key={fixture.Configuration["AppHost:OtlpApiKey"]}", variables["OTEL_EXPORTER_OTLP_HEADERS"]);
        Assert.Equal("worker", variables["OTEL_SERVICE_NAME"]);
        Assert.Matches("^service\\.instance\\.id=[a-z0-9]+$", variables["OTEL_RESOURCE_ATTRIBUTES"]);
    }

    [Fact]
    public async Task A_killed_dashboard_comes_back_at_the_same_address()
    {
        var first = await fixture.WaitForDashboardAsync();

        using (var process = Process.GetProcessById(first))
        {
            process.Kill();
        }

        var second = await fixture.WaitForDashboardAsync(otherThan: first);
        using var health = await _client.GetAsync(new Uri("/health", UriKind.Relative), _end);

        Assert.NotEqual(first, second);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    public void Dispose() => _client.Dispose();
}
