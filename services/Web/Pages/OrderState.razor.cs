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

    private string Reason => Text.Reasons.Of(Order.ReasonCode, [.. Order.Items.Select(item => item.Name)]);

    internal static async Task<Results<RazorComponentResult<OrderState>, RazorComponentResult<Notice>>> HandleAsync(
        Guid id, OrderingClient ordering, Texts text, CancellationToken cancellation)
    {
        var order = await ordering.FindAsync(id, cancellation);
        return order is null ? Notice.NotFound(text.UnknownOrder) : Page.Of<OrderState>(new { Order = order });
    }

    /// <summary>A status that is newer than this release is shown as the API calls it.</summary>
    private string Name(string status) => Text.Statuses.TryGetValue(status, out var text) ? text.Name : status;
}
