using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Gateway.Tests;

internal static class Answers
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The headers that reached the destination.</summary>
    public static async Task<Dictionary<string, string>> HeadersAsync(this HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        var headers = await response.Content.ReadFromJsonAsync<Dictionary<string, string>>(Cancelled);
        return new(headers!, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The body, which must be problem details with a type, that status and a word on what to do next.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.StartsWith("urn:msa-aspire:problem:", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        return problem;
    }

    public static string Header(this HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
