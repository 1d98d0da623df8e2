using MsaAspire.Lab.Results;
using Xunit;
using static Lab.Tests.ReportSamples;

namespace Lab.Tests;

/// <summary>Results on disk.</summary>
public sealed class ResultFileRules : IDisposable
{
    private readonly ReportFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_written_is_read_again()
    {
        var result = Result(Verdict("slower", Outcome.Holds)) with { Invalid = ["늦었다 <&>"] };
        await ResultFiles.WriteAsync(_folder.Path, result, Cancellation);
        Assert.Equivalent(result, Assert.Single(await ResultFiles.ReadAsync(_folder.Path, Cancellation)), strict: true);
    }

    [Fact]
    public async Task The_file_is_readable()
    {
        var samples = Result(Verdict("slower", Outcome.DoesNotHold)) with
        {
            Invalid = ["늦었다"], Measurements = [Figure("monolith", 2) with { Samples = [0.123456, 12345.678, 0, 1e-9, double.NaN] }],
        };
        var text = await File.ReadAllTextAsync(await ResultFiles.WriteAsync(_folder.Path, samples, Cancellation), Cancellation);
        Assert.Contains("\"늦었다\"", text);
        Assert.Contains("\"outcome\": \"DoesNotHold\"", text);
        Assert.Contains("\"samples\": [0.1235, 12346, 0, 1E-09, \"NaN\"]", text);
        Assert.Contains("\"values\": [10, null, 12]", text);
        Assert.True(double.IsNaN(Assert.Single(await ResultFiles.ReadAsync(_folder.Path, Cancellation)).Measurements[0].Samples![4]));
    }

    [Fact]
    public async Task A_figure_that_is_no_number_does_not_cost_the_run()
    {
        var endless = Result() with { Measurements = [Figure("monolith", double.PositiveInfinity)] };
        await ResultFiles.WriteAsync(_folder.Path, endless, Cancellation);
        Assert.Equal(endless.Measurements, Assert.Single(await ResultFiles.ReadAsync(_folder.Path, Cancellation)).Measurements);
    }

    [Fact]
    public async Task A_repeated_run_takes_the_place_of_the_one_before()
    {
        await ResultFiles.WriteAsync(_folder.Path, Result(), Cancellation);
        var path = await ResultFiles.WriteAsync(_folder.Path, Result() with { Seconds = 99 }, Cancellation);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
        Assert.Equal(99, Assert.Single(await ResultFiles.ReadAsync(_folder.Path, Cancellation)).Seconds);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"experiment\":")]
    [InlineData("{\"experiment\":\"calls\",\"run\":null}")]
    public async Task A_file_that_is_no_result_is_named(string text)
    {
        var path = Path.Combine(_folder.Path, "other.json");
        await File.WriteAllTextAsync(path, text, Cancellation);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => ResultFiles.ReadAsync(_folder.Path, Cancellation));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("Move it away", error.Message);
    }

    [Fact]
    public async Task Without_a_folder_there_are_no_results() =>
        Assert.Empty(await ResultFiles.ReadAsync(Path.Combine(_folder.Path, "none"), Cancellation));
}
