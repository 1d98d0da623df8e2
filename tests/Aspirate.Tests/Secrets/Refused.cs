using Xunit;

namespace Aspirate.Tests;

/// <summary>What no environment variable can hold is refused while it can be fixed.</summary>
public sealed class Refused : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>As numbers, for no attribute holds half a character.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0xd83d)]
    [InlineData(0xde00)]
    [InlineData(0xde00, 0xd83d)]
    [InlineData(0xd83d, 0xd83d, 0xde00)]
    [InlineData(0xd83d, 0xde00, 0)]
    public async Task NUL_and_half_a_character_are_refused_by_the_parameter_s_name(params int[] characters)
    {
        var manifest = _folder.Write("manifest.json", Models.Parameters(["api-key"], secret: true).ToJsonString());
        var value = new string([.. characters.Select(c => (char)c)]);
        await Refusal.AssertAsync(
            _folder, ["generate", "-m", manifest, "--parameter", $"api-key=hush{value}hush"], "\"api-key\"", "--parameter api-key=VALUE");
    }

    /// <summary>Linux starts no process with a longer one; 128 KiB with its name and the end.</summary>
    [Fact]
    public async Task A_value_that_no_process_can_be_started_with_is_refused_by_its_name()
    {
        var manifest = _folder.Write("manifest.json", Models.Parameters(["api-key"], secret: true).ToJsonString());
        await Refusal.AssertAsync(
            _folder, ["generate", "-m", manifest, "--parameter", $"api-key=hush{new string('x', 128 * 1024)}"], "api-key");
    }
}
