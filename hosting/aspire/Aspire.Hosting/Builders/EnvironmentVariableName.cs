namespace Aspire.Hosting;

internal static class EnvironmentVariableName
{
    /// <summary>Makes a resource, connection or endpoint name fit for a variable: what is no letter, digit or underscore becomes one.</summary>
    public static string Encode(string name)
    {
        var encoded = string.Create(name.Length, name, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
            }
        });
        return encoded.Length > 0 && char.IsAsciiDigit(encoded[0]) ? "_" + encoded : encoded;
    }
}
