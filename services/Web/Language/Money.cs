using System.Globalization;

namespace MsaAspire.Web.Language;

/// <summary>
/// Amounts in the format that English and Korean share: sign in front, commas between thousands. By hand, because the process runs in
/// invariant mode: the ICU libraries are not on every machine.
/// </summary>
internal static class Money
{
    public static string Format(decimal amount, string currency) => currency switch
    {
        "EUR" => "€" + Digits(amount),
        "USD" => "$" + Digits(amount),
        "KRW" => "₩" + amount.ToString("N0", CultureInfo.InvariantCulture),
        _ => $"{currency} {Digits(amount)}",
    };

    private static string Digits(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);
}
