using Xunit;

namespace Aspirate.Tests;

/// <summary>
/// How the tool says no: exit code 1, one paragraph that names the thing and how to fix it, no secret (they all begin with "hush" here),
/// and every file as it was.
/// </summary>
internal static class Refusal
{
    /// <param name="folder">Everything that the command line could write to is below it.</param>
    /// <param name="named">What the paragraph must name, the fix among it.</param>
    public static async Task AssertAsync(TemporaryFolder folder, string[] arguments, params string[] named)
    {
        if (arguments[0] == "generate" && !arguments.Contains("--output-path"))
            arguments = [.. arguments, "--output-path", folder["tree"]];
        if (arguments[0] == "generate" && !arguments.Contains("--build"))
            arguments = [.. arguments, "--skip-build"];
        var before = folder.Content();
        var run = await Tool.RunAsync([.. arguments.Where(a => a != "--build"), "--non-interactive"]);
        AssertSaid(run, named);
        Assert.Equal(before, folder.Content());
    }

    public static void AssertSaid(ProgramResult run, params string[] named)
    {
        Assert.DoesNotContain("   at ", run.Error);
        Assert.DoesNotContain("Exception", run.Error);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.DoesNotContain("hush", run.Error);
        var start = run.Error.IndexOf("error: ", StringComparison.Ordinal);
        Assert.True(start == 0 || (start > 0 && run.Error[start - 1] == '\n'), run.Error);
        var paragraph = run.Error[start..].TrimEnd('\n');
        Assert.DoesNotContain("\n\n", paragraph);
        // A sentence of its own says what to do.
        Assert.Contains(". ", paragraph);
        Assert.All(named, name => Assert.Contains(name, paragraph, StringComparison.Ordinal));
    }
}
