/** What every page of the app costs. */
export default function Empty() {
  return <p>Nothing</p>;
}
