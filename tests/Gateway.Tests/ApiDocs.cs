using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Tests;

public sealed class ApiDocs : GatewayTest
{
    [Fact]
    public async Task One_page_names_the_document_of_each_service_with_an_api()
    {
        await using var gateway = await TestGateway.StartAsync([("/api/things", "things"), ("/api/things/{id}/parts", "parts"), ("/", "web")]);

        var page = await gateway.Client.GetStringAsync("/docs/", Cancelled);

        Assert.Equal(["openapi/things/v1.json", "openapi/parts/v1.json"], Regex.Matches(page, "openapi/[a-z]+/v1.json", RegexOptions.NonBacktracking).Select(m => m.Value));
    }

    [Fact]
    public async Task A_service_s_document_comes_through_the_gateway() =>
        Assert.Equal("/openapi/things/v1.json", await Client.GetStringAsync("/openapi/things/v1.json", Cancelled));

    [Fact]
    public async Task The_page_loads_nothing_from_elsewhere_and_runs_no_script_but_its_own()
    {
        using var response = await GetAsync("/docs/");
        var page = await response.Content.ReadAsStringAsync(Cancelled);

        Assert.DoesNotContain("//", page.Replace("<!doctype html>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var policy = response.Header("Content-Security-Policy");
        var nonce = Regex.Match(policy, "'nonce-(?<nonce>[^']+)'", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Groups["nonce"].Value;
        Assert.Equal(3, page.Split($" nonce=\"{nonce}\"").Length - 1);
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        using var script = await GetAsync("/docs/scalar.js");
        script.EnsureSuccessStatusCode();
    }

    protected override Task AnswerAsync(HttpContext context) => context.Response.WriteAsync(context.Request.Path, Cancelled);
}
