using System.Globalization;
using Xunit;

namespace MsaAspire.Testing;

/// <summary>Where random tests begin: at what a variable says, at a fixed number in CI (variable <c>CI</c>), else anywhere. It is printed, so that a run can be repeated.</summary>
public static class Seed
{
    private const int InCI = 20_261_126;

    /// <param name="variable">The variable that repeats a run.</param>
    public static int Of(string variable)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var given) ? given
            : Environment.GetEnvironmentVariable("CI") is { Length: > 0 } ? InCI
            : Random.Shared.Next(1_000_000_000);
        Say($"{variable}={seed}");
        return seed;
    }

    /// <summary>Writes to the test's output and, with <c>-diagnostics</c>, to the console at once.</summary>
    public static void Say(string text)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        TestContext.Current.SendDiagnosticMessage("{0}", text);
    }
}
