using System.Text.Json;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>The rules of axe-core, WCAG 2.2 A and AA and good practice.</summary>
internal static class Axe
{
    private static readonly string s_rules = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "axe.min.js"));

    /// <summary>Which rules a page breaks, and where.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        await page.EvaluateAsync(s_rules);
        var found = await page.EvaluateAsync<JsonElement>("async () => (await axe.run()).violations");
        return [.. found.EnumerateArray().SelectMany(rule => rule.GetProperty("nodes").EnumerateArray().Select(node =>
            $"{rule.GetProperty("id")}: {node.GetProperty("html")} {node.GetProperty("failureSummary")}"))];
    }
}
