namespace MsaAspire.Lab.Report;

/// <summary>Units in words. In English they are their own.</summary>
internal static class Units
{
    private static readonly Dictionary<string, string> s_korean = new(StringComparer.Ordinal)
    {
        ["s"] = "초", ["/s"] = "/초", ["requests"] = "건", ["orders"] = "건", ["events"] = "건", ["processes"] = "개", ["modules"] = "개",
        ["services"] = "개", ["languages"] = "개", ["pods"] = "개", ["replicas"] = "개",
    };

    public static Words Of(string unit) => new(unit, s_korean.GetValueOrDefault(unit, unit));
}
