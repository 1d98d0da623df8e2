using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Cli.Tests;

/// <summary>What a command said.</summary>
internal sealed record Said(int ExitCode, string Output, string Error, TimeSpan Elapsed)
{
    /// <summary>Its output as JSON; the test fails where it is none.</summary>
    public JsonElement Json
    {
        get
        {
            try
            {
                using var document = JsonDocument.Parse(Output);
                return document.RootElement.Clone();
            }
            catch (JsonException e)
            {
                throw new InvalidOperationException($"This is not JSON ({e.Message}):\n{this}", e);
            }
        }
    }

    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";
}

/// <summary>A command that runs.</summary>
internal sealed class Command : IDisposable
{
    private readonly StringBuilder _output = new(), _error = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Process _process;
    private readonly string _shown;

    public Command(ProcessStartInfo start)
    {
        _shown = string.Join(' ', start.ArgumentList.Skip(1));
        _process = new() { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Output => Read(_output);

    public string Error => Read(_error);

    public void Kill() => _process.Kill();

    /// <summary>As Ctrl+C does.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", $"{Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until its output has something in it.</summary>
    public async Task SaysAsync(string text, TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(clock.Elapsed < limit && !_process.HasExited, $"{_shown} has not said '{text}' within {limit.TotalSeconds:0} s:\n{Output}\n{Error}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async Task<Said> EndAsync(TimeSpan limit)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        ending.CancelAfter(limit);
        try
        {
            await _process.WaitForExitAsync(ending.Token);
            return new(_process.ExitCode, Output, Error, _clock.Elapsed);
        }
        catch (OperationCanceledException e)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{_shown} did not end within {limit.TotalSeconds:0} s:\n{Output}\n{Error}", e);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.AppendLine(line);
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
