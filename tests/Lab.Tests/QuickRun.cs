using MsaAspire.Lab.Results;
using MsaAspire.Testing;
using Xunit;

namespace Lab.Tests;

/// <summary>The lab as CI runs it, against the real shop in both shapes. Looked at is what no noise of the machine can turn round.</summary>
[Collection("shops")] // one after the other: what measures has the machine to itself
public sealed class QuickRun : IDisposable
{
    private const string BusyMachine = "The load generator fell behind";
    private const int Attempts = 3;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(8);

    private readonly string _folder = Directory.CreateTempSubdirectory("lab-quick-").FullName;

    [LongFact]
    public async Task The_quick_run_judges_what_is_robust_and_reports_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The load generator sleeps by a call that only Linux has.");
        var results = await RunAsync(["redeploy", "fault-isolation", "balance"]);

        Assert.All(results.Values, result => Assert.True(result.Run.Quick));
        Assert.All(results.Values, result => Assert.NotEmpty(result.Measurements));
        Assert.Equal(Outcome.Holds, Of("redeploy", "nobody-notices"));
        Assert.Equal(Outcome.Holds, Of("redeploy", "only-that-part"));
        Assert.Equal(Outcome.Holds, Of("redeploy", "monolith-loses"));
        Assert.Equal(Outcome.Holds, Of("fault-isolation", "crash"));
        Assert.Equal(Outcome.Holds, Of("balance", "all-work"));
        Assert.Equal(Outcome.Holds, Of("balance", "kill-one"));
        Assert.Contains("<html", await File.ReadAllTextAsync(Path.Combine(_folder, "index.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        Outcome Of(string experiment, string claim) => results[experiment].Verdicts.Single(v => v.Claim == claim).Outcome;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Other tests may keep the machine too busy to measure. The lab says so and concludes nothing; then it is asked again.</summary>
    private async Task<Dictionary<string, Result>> RunAsync(IReadOnlyList<string> experiments)
    {
        var output = "";
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            output = await LabAsync(["run", .. experiments, "--quick", "--out", _folder]);
            var results = (await ResultFiles.ReadAsync(_folder, TestContext.Current.CancellationToken)).ToDictionary(r => r.Experiment);
            Assert.All(results.Values, r => Assert.All(r.Invalid, reason => Assert.Contains(BusyMachine, reason, StringComparison.Ordinal)));
            experiments = [.. experiments.Where(e => !results.TryGetValue(e, out var result) || result.Invalid.Count > 0)];
            if (experiments.Count == 0)
                return results;
        }

        Assert.Fail($"The machine was too busy to measure {string.Join(", ", experiments)} in {Attempts} attempts. The lab said:\n{output}");
        return [];
    }

    private static async Task<string> LabAsync(IEnumerable<string> arguments)
    {
        var lab = await ExternalProgram.RunAsync("dotnet", [typeof(Result).Assembly.Location, .. arguments], s_limit);
        return lab.Output + lab.Error;
    }
}
