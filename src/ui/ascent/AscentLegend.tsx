/** What the marks of the plane are. */
import { Term } from '../help/Term.tsx';
import { fixed } from '../format.ts';
import { cssGradient } from '../stage/colourMaps.ts';
import { useLab } from '../store/labStore.ts';
import { accuracyFloor, pathOf } from './plane.ts';

export function AscentLegend() {
  const info = useLab((state) => state.info);
  const records = useLab((state) => state.records);
  const plane = useLab((state) => state.view.plane);
  const floor = info ? accuracyFloor(pathOf(records, info.knobs, plane)) : 0;
  return (
    <ul className="legend">
      <li>
        <i className="key-arrow key-accuracy" />
        <Term name="accGrad" />
      </li>
      <li>
        <i className="key-arrow key-price" />
        <Term name="pricePull" />
      </li>
      <li>
        <i className="key-arrow key-net" />
        <Term name="net" />
      </li>
      <li>
        <i className="key-edge" />
        <Term name="budgetEdge" />
      </li>
      <li>
        <i className="key-rung" />
        <span>what ran</span>
      </li>
      <li className="legend-ramp">
        <Term name="accuracy" />
        <span className="number">{fixed(floor, 1)}</span>
        <i style={{ background: cssGradient('accuracy') }} />
        <span className="number">1</span>
      </li>
    </ul>
  );
}
