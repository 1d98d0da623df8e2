using System.Diagnostics;
using MsaAspire.Lab.Running;
using Xunit;

namespace Lab.Tests;

/// <summary>What a result tells of where it was made.</summary>
public sealed class RunnerSurroundings : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lab-tests-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_field_is_read_without_its_quotes()
    {
        string[] release = ["NAME=\"Debian\"", "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\""];
        Assert.Equal("Debian GNU/Linux 12 (bookworm)", Machines.Field(release, "PRETTY_NAME", '='));
        Assert.Equal("AMD EPYC: 9B14", Machines.Field(["processor\t: 0", "model name\t: AMD EPYC: 9B14"], "model name", ':'));
        Assert.Null(Machines.Field(release, "VERSION", '='));
    }

    [Fact]
    public void This_machine_has_cores_and_memory()
    {
        var machine = Machines.This();
        Assert.True(machine.Cores > 0 && machine.MemoryBytes > 100_000_000);
        Assert.StartsWith(".NET", machine.Runtime, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_a_repository_the_commit_is_unknown() =>
        Assert.Equal(new("unknown", Modified: false), await Commit.ReadAsync(_folder, Cancellation));

    [Fact]
    public async Task Results_do_not_make_a_commit_modified_but_everything_else_does()
    {
        await GitAsync("init", "--quiet");
        await File.WriteAllTextAsync(Path.Combine(_folder, "a"), "", Cancellation);
        await GitAsync("add", "a");
        await GitAsync("-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "a");
        Directory.CreateDirectory(Path.Combine(_folder, "lab", "output"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "lab", "output", "one.json"), "", Cancellation);
        var clean = await Commit.ReadAsync(_folder, Cancellation);
        Assert.Matches("^[0-9a-f]{40}$", clean.Hash);
        Assert.False(clean.Modified);

        await File.WriteAllTextAsync(Path.Combine(_folder, "b"), "", Cancellation);
        Assert.True((await Commit.ReadAsync(_folder, Cancellation)).Modified);
    }

    private async Task GitAsync(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder })!;
        await git.WaitForExitAsync(Cancellation);
        Assert.Equal(0, git.ExitCode);
    }
}
