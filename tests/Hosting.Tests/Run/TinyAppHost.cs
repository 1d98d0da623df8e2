using System.Diagnostics;
using System.Text;
using Xunit;

namespace Hosting.Tests.Run;

/// <summary>The project TinyAppHost, running as a process of its own with a temp folder of its own.</summary>
internal sealed class TinyAppHost : IDisposable
{
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<int[]> _pids = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _temp;

    private TinyAppHost(Process process, string temp)
    {
        Process = process;
        _temp = temp;
        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Process Process { get; }

    public static TinyAppHost Start(params string[] arguments)
    {
        var temp = Directory.CreateTempSubdirectory("tiny-").FullName;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "TinyAppHost.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["TMPDIR"] = temp;
        return new TinyAppHost(Process.Start(start)!, temp);
    }

    /// <summary>The processes that its resource says it is made of.</summary>
    public Task<int[]> PidsAsync() => _pids.Task.WaitAsync(RunningApplication.Patience);

    public string[] SessionFolders() => Directory.GetDirectories(_temp, "aspire-dcp-*");

    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits until it ends by itself; returns its exit code and all it said.</summary>
    public async Task<(int ExitCode, string Output)> EndAsync()
    {
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(RunningApplication.Patience);
        lock (_errors)
            return (Process.ExitCode, _errors.ToString());
    }

    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill();
        Process.Dispose();
        if (SessionFolders().Length == 0)
            Directory.Delete(_temp, recursive: true);
    }

    private void Read(string? line)
    {
        lock (_errors)
            _errors.AppendLine(line);
        if (line?.Split("pids ") is [_, var pids])
            _pids.TrySetResult([.. pids.Split(' ').Select(int.Parse)]);
    }
}
