using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using MsaAspire.Web.Backend;
using MsaAspire.Web.Language;

namespace MsaAspire.Web.Pages;

/// <summary>An order's current state. The script fetches this page again when an event reports a new status.</summary>
public sealed partial class OrderState
{
    private static readonly string[] s_way = ["Submitted", "Reserved", "Confirmed"];

    [Parameter, EditorRequired]
    public required Order Order { get; set; }

    /// <summary>The end of the id tells orders of one person apart; all begin with the time.</summary>
    private string Number => Order.Id.ToString("N")[^8..].ToUpperInvariant();

    private IEnumerable<string> Ahead => Order.IsFinal ? [] : s_way.Skip(Order.History.Count);

    private string Reason => Order.Reason! switch
    {
        var r when Says(r, "out of stock") => Text.Reasons.SoldOut(string.Join(", ", Named(r))),
        var r when Says(r, "declined") => Text.Reasons.Declined,
        var r when Says(r, "time") || Says(r, "deadline") => Text.Reasons.TooLate,
        var r => Text.Reasons.Other(r),
    };

    internal static async Task<Results<RazorComponentResult<OrderState>, RazorComponentResult<Notice>>> HandleAsync(
        Guid id, OrderingClient ordering, Texts text, CancellationToken cancellation)
    {
        var order = await ordering.FindAsync(id, cancellation);
        return order is null ? Notice.NotFound(text.UnknownOrder) : Page.Of<OrderState>(new { Order = order });
    }

    /// <summary>A status that is newer than this release is shown as the API calls it.</summary>
    private string Name(string status) => Text.Statuses.TryGetValue(status, out var text) ? text.Name : status;

    /// <summary>The ordered products that a reason names by number; all of them when it names none.</summary>
    private IEnumerable<string> Named(string reason)
    {
        var numbers = reason.Split([' ', ',', ':', '.']).Select(word => int.TryParse(word, out var number) ? number : 0).ToHashSet();
        var named = Order.Items.Where(item => numbers.Contains(item.ProductId)).ToList();
        return (named.Count > 0 ? named : Order.Items).Select(item => item.Name);
    }

    private static bool Says(string reason, string words) => reason.Contains(words, StringComparison.OrdinalIgnoreCase);
}
